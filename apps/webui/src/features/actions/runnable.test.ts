import type { RunnerType } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { obstacleOf } from './runnable.ts'

const runners = [
  { name: 'noop', enabled: true },
  { name: 'orquesta', enabled: false },
] as RunnerType[]

describe('what keeps an action from being run', () => {
  it('is nothing when both the action and its runner are enabled, or when nobody knows', () => {
    expect(obstacleOf({ enabled: true, runner_type: 'noop' }, runners)).toBeNull()
    expect(obstacleOf({ enabled: true, runner_type: 'orquesta' }, undefined)).toBeNull()
    expect(obstacleOf({ enabled: true, runner_type: 'a-runner-of-a-pack' }, runners)).toBeNull()
  })

  it('is named: the action itself, or its runner', () => {
    expect(obstacleOf({ enabled: false, runner_type: 'noop' }, runners)?.reason).toBe(
      'This action is disabled in its metadata.',
    )
    expect(obstacleOf({ enabled: true, runner_type: 'orquesta' }, runners)).toEqual({
      short: 'orquesta is disabled',
      reason: 'Its runner orquesta is disabled on this server.',
    })
  })
})
