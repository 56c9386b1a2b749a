import { describe, expect, it } from 'vitest'
import { LoginAttempts } from '../../src/access/login.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

describe('LoginAttempts', () => {
  it('makes a user wait after too many failures, and not others', async () => {
    const clock = new SimulatedClock()
    const attempts = new LoginAttempts(3, clock)
    for (let failure = 0; failure < 3; failure++) {
      attempts.admit('ann')
      attempts.fail('ann')
    }
    expect(() => attempts.admit('ann')).toThrow('auth.login_attempts_per_minute is 3')
    expect(() => attempts.admit('bob')).not.toThrow()
    await clock.advance(60_000)
    expect(() => attempts.admit('ann')).not.toThrow()
  })

  it('forgets failures at a success', () => {
    const attempts = new LoginAttempts(2, new SimulatedClock())
    attempts.fail('ann')
    attempts.succeed('ann')
    attempts.fail('ann')
    expect(() => attempts.admit('ann')).not.toThrow()
  })
})
