import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, api, expectStatus, faultOf, type ShownExecution, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder } from './support/server.ts'
import { until } from './support/until.ts'

const SECRET = 'hunter2-Rk4nPq9L'
const ACTION = `name: keeper
runner_type: noop
description: Keeps what it is given.
parameters:
  user: { type: string }
  password: { type: string, secret: true }
  login: { type: object, properties: { name: { type: string }, key: { type: string, secret: true } } }
  keys: { type: array, items: { type: object, properties: { key: { type: string, secret: true } } } }
`

interface ShownRule {
  readonly id: string
  readonly ref: string
  readonly uid: string
  readonly enabled: boolean
  readonly trigger: { readonly type: string; readonly ref: string; readonly description?: string } | string
  readonly action: { readonly ref: string; readonly parameters: Record<string, unknown>; readonly description?: string }
  readonly context: Record<string, unknown>
}

interface ShownEnforcement {
  readonly id: string
  readonly execution_id?: string
  readonly failure_reason?: string
  readonly trigger_instance_id: string
  readonly status: string
  readonly enforced_at: string
  readonly rule: { readonly ref: string; readonly id: string }
}

const stack = new AsyncDisposableStack()
let admin: TestApi

beforeAll(async () => {
  const dataDir = join(stack.use(temporaryFolder()).path, 'data')
  writePack(dataDir, 'vault', { 'actions/keeper.yaml': ACTION })
  admin = await api(stack.use(await startServer({ dataDir })))
})

afterAll(() => stack.disposeAsync())

function definition(name: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name,
    pack: 'vault',
    description: 'For a test.',
    enabled: true,
    trigger: { type: 'core.st2.webhook', parameters: { url: name } },
    action: { ref: 'core.noop' },
    ...more,
  }
}

async function created(name: string, more: Record<string, unknown> = {}): Promise<ShownRule> {
  return expectStatus(await admin.ask('POST', '/rules', { body: definition(name, more) }), 201)
}

function told(answer: Answer): [number, string | undefined] {
  return [answer.status, faultOf(answer)]
}

describe('a rule', () => {
  it('is created, found by ref and id, replaced by either, and removed', async () => {
    const rule = await created('life')
    expect(rule).toMatchObject({ ref: 'vault.life', uid: 'rule:vault:life', context: { user: 'st2admin' } })
    expect(await admin.get('/rules/vault.life')).toEqual(rule)
    expect(await admin.get(`/rules/${rule.id}`)).toEqual(rule)
    for (const [key, description] of [
      ['vault.life', 'By ref.'],
      [rule.id, 'By id.'],
    ] as const) {
      const answer = await admin.ask('PUT', `/rules/${key}`, { body: definition('life', { description }) })
      expect(expectStatus(answer, 200)).toMatchObject({ id: rule.id, description })
    }
    expect((await admin.ask('DELETE', '/rules/vault.life')).status).toBe(204)
    expect(told(await admin.ask('GET', '/rules/vault.life'))).toEqual([
      404,
      'Resource with a reference or id "vault.life" not found',
    ])
  })

  it('takes its trigger along when no other rule has it', async () => {
    const url = 'shared'
    const trigger = { type: 'core.st2.webhook', parameters: { url } }
    const first = await created('first', { trigger })
    const second = await created('second', { trigger })
    expect(second.trigger).toEqual(first.trigger)
    await admin.ask('DELETE', '/rules/vault.first')
    expect((await admin.ask('GET', `/webhooks/${url}`)).status).toBe(200)
    await admin.ask('DELETE', '/rules/vault.second')
    expect(told(await admin.ask('GET', `/webhooks/${url}`))).toEqual([404, `Webhook ${url} not registered with st2`])
  })

  it.each([
    [{ frob: 1 }, "Additional properties are not allowed ('frob' was unexpected)"],
    [{ action: {} }, "'ref' is a required property"],
    [{ trigger: { parameters: {} } }, "'type' is a required property"],
    [{ enabled: 'perhaps' }, "'perhaps' is not of type 'boolean'"],
    [
      { trigger: { type: 'core.nope' } },
      'Trigger "core.nope" defined in the rule does not exist in system or it\'s missing required "parameters" attribute',
    ],
    [
      { criteria: { 'trigger.a': { type: 'equals' } } },
      'For field: trigger.a, no pattern specified for operator equals',
    ],
  ])('with %j is refused: %s', async (more, fault) => {
    expect(told(await admin.ask('POST', '/rules', { body: definition('refused', more) }))).toEqual([400, fault])
  })

  it('shows no description where there is none, or null', async () => {
    for (const description of [undefined, null]) {
      const rule = await created('plain', { description, context: null, tags: null })
      expect(Object.keys(rule)).not.toContain('description')
      await admin.ask('DELETE', '/rules/vault.plain')
    }
  })
})

describe('lists of rules', () => {
  let rules: readonly ShownRule[]

  beforeAll(async () => {
    rules = [
      await created('list_a', { action: { ref: 'vault.keeper' } }),
      await created('list_b', { enabled: false }),
      await created('list_c', { pack: 'default' }),
    ]
  })

  function triggerRef(rule: ShownRule | undefined): string {
    return typeof rule?.trigger === 'object' ? rule.trigger.ref : ''
  }

  it.each([
    ['pack=vault', ['list_a', 'list_b']],
    ['name=list_c', ['list_c']],
    ['action=vault.keeper', ['list_a']],
    ['enabled=False', ['list_b']],
    ['enabled=1&pack=vault', ['list_a']],
    ['trigger={trigger}', ['list_a']],
    ['id={id}', ['list_c']],
    ['limit=1&pack=vault', ['list_a']],
    ['limit=1&offset=1&pack=vault', ['list_b']],
    ['name=nope', []],
  ])('with %s', async (query, names) => {
    const filled = query.replace('{trigger}', triggerRef(rules[0])).replace('{id}', rules[2]?.id ?? '')
    for (const url of ['/rules', '/rules/views']) {
      const found = await admin.get<{ name: string }[]>(`${url}?${filled}`)
      expect({ url, names: found.map(({ name }) => name).filter((name) => name.startsWith('list_')) }).toEqual({
        url,
        names,
      })
    }
  })

  it.each([
    ['enabled=perhaps', 'Invalid bool representation "perhaps" provided.'],
    ['id=', "'' is not a valid ObjectId, it must be a 12-byte input or a 24-character hex string"],
    ['limit=0', 'Limit, "0" specified, must be a positive number or -1 for full result set.'],
    ['include_attributes=frob', 'Invalid or unsupported include attribute specified: frob'],
    ['exclude_attributes=frob', 'Invalid or unsupported exclude attribute specified: frob'],
  ])('with %s is refused', async (query, fault) => {
    expect(told(await admin.ask('GET', `/rules?${query}`))).toEqual([400, fault])
  })

  it('count everything, name their limit, and show what is asked for', async () => {
    const answer = await admin.ask('GET', '/rules?pack=vault&limit=1&include_attributes=enabled,trigger.ref')
    expect([answer.headers.get('x-total-count'), answer.headers.get('x-limit')]).toEqual(['2', '1'])
    const [rule] = rules
    expect(answer.body).toEqual([{ enabled: true, trigger: rule?.trigger, id: rule?.id, ref: 'vault.list_a' }])
  })
})

describe('views of rules', () => {
  it('tell what action and trigger are for', async () => {
    await created('viewed', { action: { ref: 'vault.keeper' } })
    const type = await admin.get<{ description: string }>('/triggertypes/core.st2.webhook')
    const view = await admin.get<ShownRule>('/rules/views/vault.viewed')
    expect(view.action.description).toBe('Keeps what it is given.')
    expect(view.trigger).toMatchObject({ description: type.description })
    const listed = await admin.get<ShownRule[]>('/rules/views?name=viewed')
    expect(listed).toEqual([view])
  })

  it('show the ref of a trigger that is gone, and no description of an action that does not exist', async () => {
    const rule = await created('lost', { action: { ref: 'core.nope' } })
    const ref = typeof rule.trigger === 'object' ? rule.trigger.ref : ''
    const triggers = await admin.get<{ id: string; ref: string }[]>('/triggers?type=core.st2.webhook')
    const id = triggers.find((trigger) => trigger.ref === ref)?.id
    expect((await admin.ask('DELETE', `/triggers/${id}`)).status).toBe(204)
    for (const url of ['/rules/vault.lost', '/rules/views/vault.lost']) {
      expect(await admin.get(url)).toMatchObject({ trigger: ref })
    }
    expect(await admin.get('/rules/views/vault.lost')).toMatchObject({ action: { description: '' } })
  })
})

describe('secrets in the parameters of a rule', () => {
  const parameters = { user: 'joe', password: SECRET }
  const MASKED = { user: 'joe', password: '********' }

  it('are shown nowhere but to an admin who asks for them', async () => {
    const action = { ref: 'vault.keeper', parameters }
    const answers = [
      await admin.ask('POST', '/rules', { body: definition('secret', { action }) }),
      await admin.ask('PUT', '/rules/vault.secret', { body: definition('secret', { action }) }),
      await admin.ask('GET', '/rules/vault.secret'),
      await admin.ask('GET', '/rules?name=secret'),
      await admin.ask('GET', '/rules/views/vault.secret'),
      await admin.ask('GET', '/rules/views?name=secret'),
    ]
    for (const { text } of answers) {
      expect(text).not.toContain(SECRET)
      expect(text).toContain('********')
    }
    const open = [
      await admin.get<ShownRule>('/rules/vault.secret?show_secrets=true'),
      ...(await admin.get<ShownRule[]>('/rules?name=secret&show_secrets=true')),
    ]
    expect(open.map((rule) => rule.action.parameters)).toEqual([parameters, parameters])
  })

  it('stay what they are when a masked rule is sent back with something else changed', async () => {
    const { ref: _, ...rule } = await admin.get<ShownRule>('/rules/vault.secret')
    expect(rule.action.parameters).toEqual(MASKED)
    expectStatus(await admin.ask('PUT', `/rules/${rule.id}`, { body: { ...rule, enabled: false } }), 200)
    const changed = await admin.get<ShownRule>('/rules/vault.secret?show_secrets=true')
    expect([changed.enabled, changed.action.parameters]).toEqual([false, parameters])
  })

  it('stay what they are inside of objects and lists, too', async () => {
    const keys = [{ name: 'a', key: SECRET }]
    const nested = { user: 'joe', password: SECRET, login: { name: 'joe', key: SECRET }, keys }
    const action = { ref: 'vault.keeper', parameters: nested }
    await created('nested', { action })
    const { ref: _, ...rule } = await admin.get<ShownRule>('/rules/vault.nested')
    expect(JSON.stringify(rule)).not.toContain(SECRET)
    expectStatus(await admin.ask('PUT', '/rules/vault.nested', { body: { ...rule, enabled: false } }), 200)
    const changed = await admin.get<ShownRule>('/rules/vault.nested?show_secrets=true')
    expect(changed.action.parameters).toEqual(nested)
  })

  it('are not shown by the executions that the rule makes, and reach the action', async () => {
    const rule = await admin.get<ShownRule>('/rules/vault.secret?show_secrets=true')
    const { ref: _, ...body } = rule
    expectStatus(await admin.ask('PUT', `/rules/${rule.id}`, { body: { ...body, enabled: true } }), 200)
    expect((await admin.ask('POST', '/webhooks/secret', { body: {} })).status).toBe(202)
    const enforcement = await enforced('vault.secret')
    const answer = await admin.ask('GET', `/executions/${enforcement.execution_id}`)
    expect(answer.text).not.toContain(SECRET)
    expect((answer.body as ShownExecution).parameters).toEqual(MASKED)
    const open = await admin.get<ShownExecution>(`/executions/${enforcement.execution_id}?show_secrets=true`)
    expect(open.parameters).toEqual(parameters)
  })
})

async function enforced(ref: string): Promise<ShownEnforcement> {
  return until(`${ref} is enforced`, async () => {
    const [first] = await admin.get<ShownEnforcement[]>(`/ruleenforcements?rule_ref=${ref}`)
    return first ?? null
  })
}

describe('enforcements', () => {
  let good: ShownEnforcement
  let bad: ShownEnforcement

  beforeAll(async () => {
    await created('good', { criteria: { 'trigger.body.go': { type: 'equals', pattern: 'yes' } } })
    await created('bad', {
      trigger: { type: 'core.st2.webhook', parameters: { url: 'good' } },
      action: { ref: 'core.nope' },
    })
    expectStatus(await admin.ask('POST', '/webhooks/good', { body: { go: 'yes' } }), 202)
    good = await enforced('vault.good')
    bad = await enforced('vault.bad')
  })

  it('name the rule, the event and the execution, and leave out what is empty', async () => {
    expect(good).toMatchObject({ status: 'succeeded', rule: { ref: 'vault.good' } })
    expect(Object.keys(good)).not.toContain('failure_reason')
    expect(bad).toMatchObject({ status: 'failed', failure_reason: 'Action "core.nope" doesn\'t exist' })
    expect(Object.keys(bad)).not.toContain('execution_id')
    expect(await admin.get(`/ruleenforcements/${good.id}`)).toEqual(good)
  })

  it.each([
    ['execution={execution}', ['vault.good']],
    ['rule_ref=vault.bad', ['vault.bad']],
    ['rule_id={rule}', ['vault.good']],
    ['id={id}', ['vault.good']],
    ['trigger_instance={instance}&sort=rule_ref', ['vault.bad', 'vault.good']],
    ['trigger_instance={instance}&sort=-rule_ref', ['vault.good', 'vault.bad']],
    ['trigger_instance={instance}&execution=null', ['vault.bad']],
    ['trigger_instance={instance}&enforced_at_gt=2000-01-01T00:00:00Z&sort=rule_ref&limit=1', ['vault.bad']],
    ['trigger_instance={instance}&enforced_at_lt=2000-01-01T00:00:00Z', []],
  ])('are listed with %s', async (query, refs) => {
    const filled = query
      .replace('{execution}', good.execution_id ?? '')
      .replace('{rule}', good.rule.id)
      .replace('{id}', good.id)
      .replace('{instance}', good.trigger_instance_id)
    for (const url of ['/ruleenforcements', '/ruleenforcements/views']) {
      const found = await admin.get<ShownEnforcement[]>(`${url}?${filled}`)
      expect({ url, refs: found.map(({ rule }) => rule.ref) }).toEqual({ url, refs })
    }
  })

  it.each([
    ['enforced_at_gt=yesterday', 'Datetime value does not match expected format.'],
    ['id=x', "'x' is not a valid ObjectId, it must be a 12-byte input or a 24-character hex string"],
  ])('are not listed with %s', async (query, fault) => {
    expect(told(await admin.ask('GET', `/ruleenforcements?${query}`))).toEqual([400, fault])
  })

  it('are joined with their event and their execution in views', async () => {
    const execution = await admin.finished(good.execution_id ?? '')
    const view = await admin.get(`/ruleenforcements/views/${good.id}`)
    const instance = await admin.get(`/triggerinstances/${good.trigger_instance_id}`)
    expect(view).toMatchObject({
      id: good.id,
      trigger_instance: instance,
      execution: { id: execution.id, status: 'succeeded', action: { ref: 'core.noop' }, runner: { name: 'noop' } },
    })
    const failed = await admin.get(`/ruleenforcements/views/${bad.id}`)
    expect(failed).toMatchObject({ trigger_instance: { id: good.trigger_instance_id }, execution: {} })
    const [first] = await admin.get<object[]>(`/ruleenforcements/views?id=${good.id}`)
    expect(first).toEqual(view)
  })

  it('that do not exist are 404', async () => {
    for (const url of ['/ruleenforcements/', '/ruleenforcements/views/']) {
      const id = '5f0000000000000000000000'
      expect(told(await admin.ask('GET', url + id))).toEqual([404, `Unable to identify resource with id "${id}".`])
    }
  })
})

describe('testing a rule', () => {
  const criteria = {
    'trigger.body.n': { type: 'gt', pattern: 5 },
    'trigger.body.s': { type: 'startswith', pattern: 'a' },
  }
  const action = { ref: 'vault.keeper', parameters: { user: '{{ trigger.body.s }}', password: SECRET } }

  beforeAll(async () => {
    await created('tested', { criteria, action })
  })

  it('tells that it matches, and what it would run, secrets masked', async () => {
    const answer = await admin.ask('POST', '/rules/vault.tested/test', {
      body: { payload: { body: { n: 6, s: 'ab' } } },
    })
    expect(expectStatus(answer, 200)).toMatchObject({
      matched: true,
      criteria: [
        { key: 'trigger.body.n', type: 'gt', pattern: 5, value: 6, matched: true },
        { key: 'trigger.body.s', type: 'startswith', pattern: 'a', value: 'ab', matched: true },
      ],
      action: { ref: 'vault.keeper', parameters: { user: 'ab', password: '********' } },
    })
    expect(answer.text).not.toContain(SECRET)
  })

  it('tells which criterion does not hold, and runs nothing', async () => {
    const answer = await admin.ask('POST', '/rules/vault.tested/test', {
      body: { payload: { body: { n: 5, s: 'ab' } } },
    })
    expect(expectStatus(answer, 200)).toMatchObject({
      matched: false,
      reason: 'Criterion "trigger.body.n" (gt) does not hold.',
      criteria: [{ key: 'trigger.body.n', matched: false, value: 5 }],
    })
    expect(await admin.get('/ruleenforcements?rule_ref=vault.tested')).toEqual([])
  })

  it('takes an event that happened', async () => {
    expect((await admin.ask('POST', '/webhooks/tested', { body: { n: 1, s: 'x' } })).status).toBe(202)
    const [instance] = await admin.get<{ id: string }[]>('/triggerinstances?trigger_type=core.st2.webhook&limit=1')
    const body = { trigger_instance: instance?.id }
    expect(expectStatus(await admin.ask('POST', '/rules/vault.tested/test', { body }), 200)).toMatchObject({
      matched: false,
      criteria: [{ key: 'trigger.body.n', value: 1 }],
    })
  })

  it('takes a rule that is not stored', async () => {
    const rule = definition('unsaved', { criteria, action: { ref: 'core.noop' } })
    const body = { rule, payload: { body: { n: 9, s: 'a' } } }
    expect(expectStatus(await admin.ask('POST', '/rules/test', { body }), 200)).toMatchObject({ matched: true })
    expect((await admin.ask('GET', '/rules/vault.unsaved')).status).toBe(404)
  })

  it.each([
    ['/rules/vault.tested/test', {}, 400, 'Exactly one of "payload" and "trigger_instance" must be given.'],
    ['/rules/vault.nope/test', { payload: {} }, 404, 'Resource with a reference or id "vault.nope" not found'],
    ['/rules/test', { payload: {} }, 400, "'rule' is a required property"],
    [
      '/rules/vault.tested/test',
      { trigger_instance: '5f0000000000000000000000' },
      404,
      'Unable to identify resource with id "5f0000000000000000000000".',
    ],
  ])('POST %s %j: %i', async (path, body, status, fault) => {
    expect(told(await admin.ask('POST', path, { body }))).toEqual([status, fault])
  })
})
