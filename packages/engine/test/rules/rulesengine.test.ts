import { rules } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { setKey } from '../../src/datastore/key-values.ts'
import type { Engine } from '../../src/engine-parts.ts'
import { openParameters } from '../../src/executions/seal-parameters.ts'
import { removeRule } from '../../src/rules/remove-rule.ts'
import { updateRule } from '../../src/rules/update-rule.ts'
import { ANN, startTestEngine, type TestEngine } from '../support/test-engine.ts'
import { addRule, enforcementsOf, ping, pingRule, processed, registerPing } from './rules-kit.ts'

const PLACE = { scope: undefined, user: undefined }

async function start(): Promise<TestEngine> {
  const test = await startTestEngine({ services: ['rulesengine', 'scheduler', 'actionrunner'] })
  await registerPing(test.engine)
  return test
}

function keep(engine: Engine, name: string, value: string, secret: boolean): Promise<unknown> {
  return setKey(engine.keyValueDeps, ANN, name, PLACE, { name, value, secret })
}

describe('the rules engine', () => {
  it('runs the action of a rule that matches, with what the event says', async () => {
    await using test = await start()
    const { engine } = test
    const rule = await addRule(engine, 'r', {
      criteria: { 'trigger.go': { type: 'equals', pattern: 'yes' } },
      action: { ref: 'test.gated', parameters: { note: 'hello {{ trigger.who }}' } },
    })
    const instance = await ping(engine, { go: 'yes', who: 'ann' })
    expect((await processed(engine, instance)).status).toBe('processed')
    const [enforcement, ...others] = await enforcementsOf(engine, instance)
    expect(others).toEqual([])
    expect(enforcement).toMatchObject({ status: 'succeeded', rule: { ref: 'test.r', id: rule.id, uid: 'rule:test:r' } })
    const execution = await engine.executions.get(enforcement?.execution_id ?? '')
    expect(execution).toMatchObject({
      parameters: { note: 'hello ann' },
      context: {
        user: 'stanley',
        pack: 'test',
        rule: { id: rule.id, name: 'r' },
        trigger_instance: { id: instance.id, name: null },
        trace_context: { trace_tag: `trigger_instance-${instance.id}` },
      },
      rule: { ref: 'test.r', trigger: { type: 'test.ping', parameters: {}, ref: 'test.ping' } },
      trigger: { ref: 'test.ping', type: 'test.ping' },
      trigger_type: { ref: 'test.ping' },
      trigger_instance: { id: instance.id, payload: { go: 'yes', who: 'ann' } },
    })
    expect(execution?.trigger).not.toHaveProperty('ref_count')
  })

  it('does nothing about an event that a criterion excludes', async () => {
    await using test = await start()
    await addRule(test.engine, 'r', { criteria: { 'trigger.go': { type: 'equals', pattern: 'yes' } } })
    const instance = await ping(test.engine, { go: 'no' })
    await processed(test.engine, instance)
    expect(await enforcementsOf(test.engine, instance)).toEqual([])
  })

  it('fires a backstop rule only when no standard rule matched', async () => {
    await using test = await start()
    await addRule(test.engine, 'standard', { criteria: { 'trigger.go': { type: 'eq', pattern: 1 } } })
    await addRule(test.engine, 'backstop', { type: { ref: 'backstop', parameters: {} } })
    const names = async (payload: Record<string, unknown>): Promise<string[]> => {
      const instance = await ping(test.engine, payload)
      await processed(test.engine, instance)
      return (await enforcementsOf(test.engine, instance)).map(({ rule }) => rule.ref)
    }
    expect(await names({ go: 1 })).toEqual(['test.standard'])
    expect(await names({ go: 2 })).toEqual(['test.backstop'])
  })

  it('records why a rule could not be matched, and goes on with the others', async () => {
    await using test = await start()
    await addRule(test.engine, 'broken', { criteria: { 'trigger.n': { type: 'startswith', pattern: 'a' } } })
    await addRule(test.engine, 'sound')
    const instance = await ping(test.engine, { n: 1 })
    expect((await processed(test.engine, instance)).status).toBe('processed')
    const [first, second] = (await enforcementsOf(test.engine, instance)).sort((a, b) =>
      a.rule.ref < b.rule.ref ? -1 : 1,
    )
    expect(first).toMatchObject({
      status: 'failed',
      failure_reason:
        `Failed to match rule "test.broken" against trigger instance "${instance.id}": ` +
        "There might be a problem with the criteria in rule test.broken: 'int' object has no attribute 'startswith'",
    })
    expect(second).toMatchObject({ status: 'succeeded', rule: { ref: 'test.sound' } })
  })

  it('records an action that does not exist', async () => {
    await using test = await start()
    await addRule(test.engine, 'r', { action: { ref: 'test.nope' } })
    const instance = await ping(test.engine, {})
    await processed(test.engine, instance)
    expect(await enforcementsOf(test.engine, instance)).toMatchObject([
      { status: 'failed', failure_reason: `Action "test.nope" doesn't exist` },
    ])
  })

  it('keeps a failed execution of parameters that cannot be rendered, and an enforcement without it', async () => {
    await using test = await start()
    await addRule(test.engine, 'r', { action: { ref: 'test.gated', parameters: { note: '{{ trigger.nope }}' } } })
    await addRule(test.engine, 's', { action: { ref: 'test.gated', parameters: { other: 1 } } })
    const instance = await ping(test.engine, { a: 1 })
    await processed(test.engine, instance)
    const [r, s] = (await enforcementsOf(test.engine, instance)).sort((a, b) => (a.rule.ref < b.rule.ref ? -1 : 1))
    const reason = `Failed to render parameter "note": 'dict object' has no attribute 'nope'`
    expect(r).toMatchObject({ status: 'failed', failure_reason: reason })
    expect(r).not.toHaveProperty('execution_id')
    expect(s?.failure_reason).toContain("Additional properties are not allowed ('other' was unexpected)")
    const failed = await test.engine.executions.find({
      filter: [{ field: 'status', op: 'eq', value: 'failed' }],
      limit: 10,
    })
    expect(failed).toHaveLength(2)
    expect(failed.map(({ result }) => result)).toContainEqual({ error: reason, traceback: `InvalidError: ${reason}` })
    expect(failed[0]?.context['rule']).toBeDefined()
  })

  it('keeps no more of a reason than somebody reads', async () => {
    await using test = await start()
    await addRule(test.engine, 'r', { action: { ref: 'test.gated', parameters: { ['x'.repeat(50_000)]: 1 } } })
    const instance = await ping(test.engine, {})
    await processed(test.engine, instance)
    const [enforcement] = await enforcementsOf(test.engine, instance)
    expect(enforcement?.failure_reason).toMatch(/^Additional properties are not allowed \('xxx.*…$/)
    expect(enforcement?.failure_reason).toHaveLength(10_001)
  })

  it('lets patterns and parameters use the datastore, and keeps deciphered values sealed', async () => {
    await using test = await start()
    const { engine } = test
    await keep(engine, 'wanted', 'yes', false)
    await keep(engine, 'password', 'open sesame', true)
    await addRule(engine, 'r', {
      criteria: {
        'trigger.go': { type: 'equals', pattern: '{{ st2kv.system.wanted }}' },
        'trigger.go#old': { type: 'equals', pattern: '{{ system.wanted }}' },
        'trigger.word': { type: 'equals', pattern: '{{ st2kv.system.password | decrypt_kv }}' },
      },
      action: { ref: 'test.gated', parameters: { note: 'x{{ st2kv.system.password | decrypt_kv }}' } },
    })
    const instance = await ping(engine, { go: 'yes', word: 'open sesame' })
    await processed(engine, instance)
    const [enforcement] = await enforcementsOf(engine, instance)
    const execution = await engine.executions.get(enforcement?.execution_id ?? '')
    expect(execution?.parameters['note']).toBe('********')
    expect(execution === null ? {} : openParameters(engine.sealer, execution)).toEqual({ note: 'xopen sesame' })
  })

  it('enforces no rule whose secrets another key sealed', async () => {
    await using test = await startTestEngine({ services: [] })
    const { engine, parts } = test
    await registerPing(engine)
    const parameters = { password: 'swordfish' }
    const rule = await addRule(engine, 'r', { action: { ref: 'test.gated', parameters } })
    await parts.store.replace(rules, { ...rule, action: { ...rule.action, sealed: 'AAAA'.repeat(20) } })
    await using later = await startTestEngine({ shares: test, services: ['rulesengine'] })
    const instance = await ping(later.engine, {})
    await processed(later.engine, instance)
    const [enforcement] = await enforcementsOf(later.engine, instance)
    expect(enforcement?.failure_reason).toMatch('Secret parameters of rule "test.r" cannot be opened')
  })

  it('does not quote a secret in what it records', async () => {
    await using test = await start()
    await keep(test.engine, 'password', 'open sesame', true)
    const secret = '{{ st2kv.system.password | decrypt_kv }}'
    await addRule(test.engine, 'r', { criteria: { 'trigger.when': { type: 'timediff_lt', pattern: secret } } })
    await addRule(test.engine, 's', { action: { ref: 'test.gated', parameters: { timeout: secret } } })
    await addRule(test.engine, 't', {
      action: { ref: 'test.gated', parameters: { note: `{{ ${secret.slice(3, -3)} | from_json_string }}` } },
    })
    const instance = await ping(test.engine, { when: '2026-01-01' })
    await processed(test.engine, instance)
    const enforcements = await enforcementsOf(test.engine, instance)
    expect(enforcements.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed'])
    const failed = await test.engine.executions.find({ limit: 10 })
    expect(JSON.stringify([enforcements, failed, test.log.lines])).not.toContain('sesame')
  })

  it('masks secret parameters where it keeps the rule as it was', async () => {
    await using test = await start()
    const parameters = { password: 'open sesame', note: 'plain' }
    await addRule(test.engine, 'r', { action: { ref: 'test.gated', parameters } })
    const instance = await ping(test.engine, {})
    await processed(test.engine, instance)
    const [execution] = await test.engine.executions.find({ limit: 1 })
    expect(execution?.rule).toMatchObject({ action: { parameters: { password: '********', note: 'plain' } } })
    expect(JSON.stringify(execution)).not.toContain('sesame')
  })

  it('leaves out a rule that something else stored in no usable shape', async () => {
    await using test = await startTestEngine({ services: [] })
    await registerPing(test.engine)
    await addRule(test.engine, 'sound')
    const rule = await addRule(test.engine, 'odd')
    const broken: typeof rule = JSON.parse(JSON.stringify({ ...rule, criteria: null }))
    await test.engine.rules.replace(broken)
    expect(test.engine.ruleBook.size).toBe(1)
    expect(test.log.lines.filter(({ level }) => level === 'error')).toMatchObject([{ fields: { rule: 'test.odd' } }])
  })

  it('never takes data for a template', async () => {
    await using test = await start()
    await addRule(test.engine, 'r', { action: { ref: 'test.gated', parameters: { note: '{{ trigger.text }}' } } })
    const instance = await ping(test.engine, { text: '{{ st2kv.system.password }} {% raw' })
    await processed(test.engine, instance)
    const [enforcement] = await enforcementsOf(test.engine, instance)
    const execution = await test.engine.executions.get(enforcement?.execution_id ?? '')
    expect(execution?.parameters['note']).toBe('{{ st2kv.system.password }} {% raw')
  })

  it('follows rules that are changed, disabled and removed', async () => {
    await using test = await start()
    const { engine } = test
    await addRule(engine, 'r', { criteria: { 'trigger.n': { type: 'eq', pattern: 1 } } })
    const fires = async (): Promise<number> => {
      const instance = await ping(engine, { n: 1 })
      await processed(engine, instance)
      return (await enforcementsOf(engine, instance)).length
    }
    expect(await fires()).toBe(1)
    await updateRule(
      engine.ruleDeps,
      ANN,
      'test.r',
      pingRule('r', { criteria: { 'trigger.n': { type: 'eq', pattern: 2 } } }),
    )
    expect(await fires()).toBe(0)
    await updateRule(engine.ruleDeps, ANN, 'test.r', pingRule('r'))
    expect(await fires()).toBe(1)
    await updateRule(engine.ruleDeps, ANN, 'test.r', pingRule('r', { enabled: false }))
    expect(await fires()).toBe(0)
    await updateRule(engine.ruleDeps, ANN, 'test.r', pingRule('r'))
    await removeRule(engine.ruleDeps, ANN, 'test.r')
    expect(await fires()).toBe(0)
    expect(engine.ruleBook.size).toBe(0)
  })

  it('stores an event as processed at once when no rule listens', async () => {
    await using test = await start()
    expect((await ping(test.engine, {})).status).toBe('processed')
    await addRule(test.engine, 'r')
    expect((await ping(test.engine, {})).status).toBe('pending')
  })
})
