import { ConflictError, CRITERIA_OPERATORS, InvalidError, NotFoundError, type RuleRequest, rules } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { createRule } from '../../src/rules/create-rule.ts'
import { registerRule } from '../../src/rules/register-rule.ts'
import { removeRule } from '../../src/rules/remove-rule.ts'
import { viewRule } from '../../src/rules/rule-view.ts'
import { updateRule } from '../../src/rules/update-rule.ts'
import { ANN, startTestEngine } from '../support/test-engine.ts'
import { pingRule, registerPing } from './rules-kit.ts'

const WEBHOOK: RuleRequest = {
  name: 'orcrule',
  pack: 'default',
  enabled: true,
  trigger: { type: 'core.st2.webhook', parameters: { url: 'orc' } },
  criteria: { 'trigger.body.go': { type: 'equals', pattern: 'yes' } },
  action: { ref: 'core.local', parameters: { cmd: 'echo {{trigger.body.msg}}' } },
  tags: [{ name: 'a', value: 'b' }],
}

describe('rules', () => {
  it('hold no secret of their action at rest or on the bus', async () => {
    await using test = await startTestEngine({ services: [] })
    const { engine, parts } = test
    await registerPing(engine)
    const said: unknown[] = []
    await parts.bus.subscribe('st2.rule', (message) => said.push(message))
    const action = { ref: 'test.gated', parameters: { password: 'swordfish', note: 'n' } }
    await registerRule(engine.ruleDeps, pingRule('r', { action }))
    await createRule(engine.ruleDeps, ANN, pingRule('early', { action: { ...action, ref: 'test.later' } }))
    const [early, late] = await parts.store.find(rules, { order: [{ field: 'name', direction: 'asc' }], limit: 3 })
    expect(early?.action.parameters).toEqual({ password: '********', note: '********' })
    expect(late?.action.parameters).toEqual({ password: '********', note: 'n' })
    expect((await engine.rules.findByRef('test.r'))?.action).toEqual(action)
    expect((await engine.rules.list()).rows[1]?.action).toEqual(action)
    expect((await engine.rules.listEnabled()).map((rule) => rule.action.parameters['password'])).toEqual([
      'swordfish',
      'swordfish',
    ])
    expect(await registerRule(engine.ruleDeps, pingRule('r', { action }))).toBe('unchanged')
    expect((await updateRule(engine.ruleDeps, ANN, 'test.r', pingRule('r', { action }))).action).toEqual(action)
    await removeRule(engine.ruleDeps, ANN, 'test.r')
    expect(said).toHaveLength(4)
    expect(JSON.stringify(said)).not.toContain('swordfish')
  })

  it('are made as their author wrote them, under his name, with a trigger of their own', async () => {
    await using test = await startTestEngine({ services: [] })
    const { engine } = test
    const rule = await createRule(engine.ruleDeps, ANN, { ...WEBHOOK, context: { team: 'x', user: 'bob' } })
    expect(rule).toMatchObject({
      ref: 'default.orcrule',
      uid: 'rule:default:orcrule',
      context: { team: 'x', user: 'ann' },
    })
    const trigger = await engine.triggers.findByRef(rule.trigger)
    expect(trigger).toMatchObject({ type: 'core.st2.webhook', parameters: { url: 'orc' }, ref_count: 1 })
    expect(viewRule(rule, trigger).trigger).toEqual({
      type: 'core.st2.webhook',
      parameters: { url: 'orc' },
      ref: rule.trigger,
    })
    expect(viewRule(rule, null).trigger).toBe(rule.trigger)
    expect(await engine.rules.findByRef('default.orcrule')).toEqual(rule)
  })

  it('share triggers with equal parameters, which go with the last of them', async () => {
    await using test = await startTestEngine({ services: [] })
    const { engine } = test
    const first = await createRule(engine.ruleDeps, ANN, WEBHOOK)
    const second = await createRule(engine.ruleDeps, ANN, { ...WEBHOOK, name: 'second' })
    expect(second.trigger).toBe(first.trigger)
    const count = async () => (await engine.triggers.findByRef(first.trigger))?.ref_count ?? 0
    expect(await count()).toBe(2)
    await updateRule(engine.ruleDeps, ANN, second.id, { ...WEBHOOK, name: 'second', enabled: false })
    expect(await count()).toBe(2)
    const url = { type: 'core.st2.webhook', parameters: { url: 'other' } }
    const moved = await updateRule(engine.ruleDeps, ANN, 'default.second', { ...WEBHOOK, name: 'second', trigger: url })
    expect(moved).toMatchObject({ id: second.id, enabled: true })
    expect(await count()).toBe(1)
    await removeRule(engine.ruleDeps, ANN, first.id)
    expect(await count()).toBe(0)
    await removeRule(engine.ruleDeps, ANN, 'default.second')
    expect(await engine.triggers.findByRef(moved.trigger)).toBeNull()
    expect((await engine.rules.list()).total).toBe(0)
  })

  it('have a ref of their own: a second one is a conflict that changes nothing', async () => {
    await using test = await startTestEngine({ services: [] })
    const { engine } = test
    const first = await createRule(engine.ruleDeps, ANN, WEBHOOK)
    const other = await createRule(engine.ruleDeps, ANN, { ...WEBHOOK, name: 'other' })
    const again = await createRule(engine.ruleDeps, ANN, WEBHOOK).catch((error: unknown) => error)
    expect(again).toBeInstanceOf(ConflictError)
    expect(again).toMatchObject({ conflictId: first.id })
    const renamed = updateRule(engine.ruleDeps, ANN, other.id, WEBHOOK)
    await expect(renamed).rejects.toThrow(ConflictError)
    expect((await engine.triggers.findByRef(first.trigger))?.ref_count).toBe(2)
  })

  it('are refused in upstream’s words, and leave no trigger behind', async () => {
    await using test = await startTestEngine({ services: [] })
    const { engine } = test
    const refusal = async (changes: object): Promise<string> => {
      const error = await createRule(engine.ruleDeps, ANN, { ...WEBHOOK, ...changes }).catch(
        (reason: unknown) => reason,
      )
      expect(error).toBeInstanceOf(InvalidError)
      return error instanceof Error ? error.message : ''
    }
    const operators = CRITERIA_OPERATORS.map((name) => `'${name}'`).join(', ')
    expect(await refusal({ criteria: { 'trigger.body.go': { type: 'frob', pattern: 'yes' } } })).toBe(
      `For field: trigger.body.go, operator frob not in list of allowed operators: [${operators}]`,
    )
    expect(await refusal({ criteria: { 'trigger.body.go': { type: 'equals' } } })).toBe(
      'For field: trigger.body.go, no pattern specified for operator equals',
    )
    expect(await refusal({ criteria: { x: { pattern: 1 } } })).toBe('Operator not specified for field: x')
    const missing = (ref: string) =>
      `Trigger "${ref}" defined in the rule does not exist in system or it's missing required "parameters" attribute`
    expect(await refusal({ trigger: { type: 'core.nope' } })).toBe(missing('core.nope'))
    expect(await refusal({ trigger: { type: 'core.st2.CronTimer', parameters: {} } })).toBe(
      missing('core.st2.CronTimer'),
    )
    expect(await refusal({ trigger: { type: 'core.st2.webhook', parameters: { frob: 1 } } })).toContain(
      "Additional properties are not allowed ('frob' was unexpected)\n\nFailed validating 'additionalProperties' in schema:",
    )
    expect(await refusal({ trigger: { type: 'core.st2.CronTimer', parameters: { minute: '99' } } })).toBe(
      "Error validating expression '99': the last value (99) is higher than the maximum value (59)",
    )
    expect(await engine.triggers.ofTypes(['core.st2.webhook', 'core.st2.CronTimer'])).toEqual([])
  })

  it('that do not exist are not found', async () => {
    await using test = await startTestEngine({ services: [] })
    const { ruleDeps } = test.engine
    const text = 'Resource with a reference or id "default.nope" not found'
    await expect(removeRule(ruleDeps, ANN, 'default.nope')).rejects.toThrow(new NotFoundError(text))
    await expect(updateRule(ruleDeps, ANN, 'default.nope', WEBHOOK)).rejects.toThrow(new NotFoundError(text))
  })

  it('survive several writers at once with their triggers counted right', async () => {
    await using test = await startTestEngine({ services: [] })
    const { engine } = test
    const rule = await createRule(engine.ruleDeps, ANN, WEBHOOK)
    const urls = ['a', 'b', 'c', 'a', 'b', 'c']
    await Promise.all(
      urls.map((url) =>
        updateRule(engine.ruleDeps, ANN, rule.id, {
          ...WEBHOOK,
          trigger: { type: 'core.st2.webhook', parameters: { url } },
        }),
      ),
    )
    const last = await engine.rules.findById(rule.id)
    const triggers = await engine.triggers.ofTypes(['core.st2.webhook'])
    expect(triggers.map(({ ref, ref_count }) => ({ ref, ref_count }))).toEqual([{ ref: last?.trigger, ref_count: 1 }])
  })

  it('of packs are registered once and again only when they changed', async () => {
    await using test = await startTestEngine({ services: [] })
    const { engine } = test
    expect(await registerRule(engine.ruleDeps, WEBHOOK)).toBe('created')
    expect(await registerRule(engine.ruleDeps, WEBHOOK)).toBe('unchanged')
    expect(await engine.rules.findByRef('default.orcrule')).toMatchObject({ rev: 1, context: {} })
    expect(await registerRule(engine.ruleDeps, { ...WEBHOOK, enabled: false })).toBe('updated')
    const stored = await engine.rules.findByRef('default.orcrule')
    expect(stored).toMatchObject({ enabled: false })
    expect((await engine.triggers.findByRef(stored?.trigger ?? ''))?.ref_count).toBe(1)
  })

  it('are listed by pack, action, trigger and state', async () => {
    await using test = await startTestEngine({ services: [] })
    const { engine } = test
    await registerPing(engine)
    await createRule(engine.ruleDeps, ANN, pingRule('b'))
    await createRule(engine.ruleDeps, ANN, pingRule('a', { enabled: false }))
    await createRule(engine.ruleDeps, ANN, WEBHOOK)
    const refs = async (filter: object) => (await engine.rules.list({ filter })).rows.map(({ ref }) => ref)
    expect(await refs({})).toEqual(['default.orcrule', 'test.a', 'test.b'])
    expect(await refs({ pack: 'test' })).toEqual(['test.a', 'test.b'])
    expect(await refs({ trigger: 'test.ping', enabled: true })).toEqual(['test.b'])
    expect(await refs({ trigger: 'core.st2.webhook' })).toEqual([])
    expect(await refs({ action: 'core.local' })).toEqual(['default.orcrule'])
    expect(await engine.rules.countReferences()).toEqual(
      new Map([
        ['test.ping', 2],
        [expect.any(String), 1],
      ]),
    )
  })

  it('come in two types', async () => {
    await using test = await startTestEngine({ services: [] })
    const types = await test.engine.ruleTypes.list()
    expect(types.map(({ name, enabled, parameters }) => ({ name, enabled, parameters }))).toEqual([
      { name: 'standard', enabled: true, parameters: {} },
      { name: 'backstop', enabled: true, parameters: {} },
    ])
    expect(await test.engine.ruleTypes.findById(types[0]?.id ?? '')).toEqual(types[0])
  })
})
