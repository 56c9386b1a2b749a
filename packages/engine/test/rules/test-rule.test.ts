import { InvalidError, NotFoundError } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { setKey } from '../../src/datastore/key-values.ts'
import { testRule } from '../../src/rules/test-rule.ts'
import { ANN, startTestEngine } from '../support/test-engine.ts'
import { addRule, ping, pingRule, registerPing } from './rules-kit.ts'

const CRITERIA = {
  'trigger.go': { type: 'equals', pattern: 'yes' },
  'trigger.n': { type: 'gt', pattern: '{{ trigger.limit }}' },
}

describe('testing a rule', () => {
  it('shows each criterion, what it compared, and what would run', async () => {
    await using test = await startTestEngine({ services: [] })
    await registerPing(test.engine)
    const rule = pingRule('r', {
      criteria: CRITERIA,
      action: { ref: 'test.gated', parameters: { note: '{{ trigger.n }}', password: 'p' } },
    })
    const ask = (payload: Record<string, unknown>) => testRule(test.engine.ruleTestDeps, ANN, { rule, payload })
    expect(await ask({ go: 'yes', n: 5, limit: 4 })).toEqual({
      matched: true,
      criteria: [
        { key: 'trigger.go', type: 'equals', pattern: 'yes', value: 'yes', matched: true },
        { key: 'trigger.n', type: 'gt', pattern: 4, value: 5, matched: true },
      ],
      action: { ref: 'test.gated', parameters: { note: '5', password: '********' } },
    })
    expect(await ask({ go: 'no', n: 5, limit: 4 })).toEqual({
      matched: false,
      reason: 'Criterion "trigger.go" (equals) does not hold.',
      criteria: [{ key: 'trigger.go', type: 'equals', pattern: 'yes', value: 'no', matched: false }],
    })
    expect(await ask({ go: 'yes', n: 'x', limit: 4 })).toMatchObject({
      matched: false,
      criteria: [{ matched: true }, { matched: false, error: expect.stringContaining("'>' not supported between") }],
    })
    expect((await ask({})).reason).toContain('empty')
    expect(await test.engine.executions.find({ limit: 1 })).toEqual([])
    expect(await test.engine.enforcements.find({ limit: 1 })).toEqual([])
  })

  it('takes stored rules and events that happened', async () => {
    await using test = await startTestEngine({ services: [] })
    const { engine } = test
    await registerPing(engine)
    const rule = await addRule(engine, 'r', { criteria: { 'trigger.go': CRITERIA['trigger.go'] } })
    await addRule(engine, 'off', { enabled: false })
    await addRule(engine, 'backstop', { type: { ref: 'backstop', parameters: {} } })
    const instance = await ping(engine, { go: 'yes' })
    const ask = (ref: string) => testRule(engine.ruleTestDeps, ANN, { rule: ref, trigger_instance: instance.id })
    expect((await ask(rule.id)).matched).toBe(true)
    expect(await ask('test.off')).toMatchObject({ matched: false, reason: 'Rule "test.off" is disabled.' })
    expect(await ask('test.backstop')).toMatchObject({
      matched: false,
      reason: 'It is a backstop rule, and the rule "test.r" matches.',
    })
    const hook = { type: 'core.st2.webhook', parameters: { url: 'x' } }
    const other = await testRule(engine.ruleTestDeps, ANN, {
      rule: pingRule('h', { trigger: hook }),
      trigger_instance: instance.id,
    })
    expect(other.reason).toBe('rule.trigger "core.st2.webhook" and trigger.ref "test.ping" do not match.')
    await expect(ask('test.nope')).rejects.toThrow(NotFoundError)
    await expect(testRule(engine.ruleTestDeps, ANN, { rule: 'test.r' })).rejects.toThrow(InvalidError)
    const unknown = testRule(engine.ruleTestDeps, ANN, { rule: 'test.r', trigger_instance: '0'.repeat(24) })
    await expect(unknown).rejects.toThrow(NotFoundError)
  })

  it('says why what it would run cannot be run', async () => {
    await using test = await startTestEngine({ services: [] })
    await registerPing(test.engine)
    const reason = async (action: { ref: string; parameters?: Record<string, unknown> }) => {
      const rule = pingRule('r', { action })
      const answer = await testRule(test.engine.ruleTestDeps, ANN, { rule, payload: { a: 1 } })
      expect(answer.matched).toBe(true)
      return answer.reason
    }
    expect(await reason({ ref: 'test.nope' })).toBe(`Action "test.nope" doesn't exist`)
    expect(await reason({ ref: 'test.gated', parameters: { note: '{{ trigger.x }}' } })).toContain(
      'Failed to render parameter',
    )
    expect(await reason({ ref: 'test.gated', parameters: { x: 1 } })).toContain("('x' was unexpected)")
  })

  it('shows no secret of the datastore', async () => {
    await using test = await startTestEngine({ services: [] })
    const { engine } = test
    await registerPing(engine)
    const item = { name: 'password', value: 'open sesame', secret: true }
    await setKey(engine.keyValueDeps, ANN, 'password', { scope: undefined, user: undefined }, item)
    const secret = '{{ st2kv.system.password | decrypt_kv }}'
    const rule = pingRule('r', {
      criteria: { 'trigger.a': { type: 'nequals', pattern: secret } },
      action: { ref: 'test.gated', parameters: { note: secret } },
    })
    const answer = await testRule(engine.ruleTestDeps, ANN, { rule, payload: { a: 1 } })
    expect(answer.matched).toBe(true)
    expect(JSON.stringify(answer)).not.toContain('sesame')
  })
})
