import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionDocument, ExecutionStatus, TriggerInstance } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/executions/policies/create-policy.ts'
import { type ExecutionOrder, requestExecution } from '../../src/executions/request-execution.ts'
import { openParameters } from '../../src/executions/seal-parameters.ts'
import type { RunOutcome } from '../../src/ports/runner.ts'
import { ACTION_TRIGGER, NOTIFY_TRIGGER } from '../../src/triggers/internal-trigger-types.ts'
import { createRule } from '../../src/rules/create-rule.ts'
import { setKey } from '../../src/datastore/key-values.ts'
import { followUp } from '../../src/executions/notify/follow-up.ts'
import type { Store } from '../../src/ports/store.ts'
import { ANN, startTestEngine, type TestEngine, until } from '../support/test-engine.ts'

const SERVICES = ['scheduler', 'actionrunner', 'notifier']
const SUCCESS: RunOutcome = { status: 'succeeded', result: { ok: true } }
const FAILURE: RunOutcome = { status: 'failed', result: { error: 'x' } }
const QUIET = { 'action_sensor.enable': 'false' }

function start(overrides: Record<string, string> = {}): Promise<TestEngine> {
  return startTestEngine({ services: SERVICES, overrides })
}

function request(test: TestEngine, order: Partial<ExecutionOrder> = {}): Promise<ExecutionDocument> {
  return requestExecution(test.engine.requestDeps, ANN, { action: 'test.gated', parameters: {}, ...order })
}

/** Requests, runs, ends, and waits until nothing is left to be done about it. */
async function runToEnd(test: TestEngine, outcome: RunOutcome, order: Partial<ExecutionOrder> = {}) {
  const { id } = await request(test, order)
  const run = await until(() => test.runner.runs.find(({ request: { execution_id } }) => execution_id === id))
  run.end(outcome)
  return followedUp(test, id, outcome.status)
}

function followedUp(test: TestEngine, id: string, status: ExecutionStatus): Promise<ExecutionDocument> {
  return until(async () => {
    const document = await test.engine.executions.get(id)
    return document?.status === status && document.due_at === undefined ? document : null
  })
}

function instances(test: TestEngine, trigger: string): Promise<TriggerInstance[]> {
  return test.engine.triggerInstances.find({ filter: [{ field: 'trigger', op: 'eq', value: trigger }] })
}

async function told(test: TestEngine, trigger: string, count: number): Promise<TriggerInstance[]> {
  await until(async () => (await instances(test, trigger)).length >= count)
  const found = await instances(test, trigger)
  expect(found).toHaveLength(count)
  return found
}

function retryOn(retry_on: 'failure' | 'timeout', more: Record<string, unknown> = {}) {
  return {
    name: 'again',
    pack: 'test',
    resource_ref: 'test.gated',
    policy_type: 'action.retry',
    parameters: { retry_on, max_retry_count: 2, ...more },
  }
}

describe('core.st2.generic.actiontrigger', () => {
  it('tells of each end once, secrets masked, and is processed at once when no rule listens', async () => {
    await using test = await start()
    const done = await runToEnd(test, SUCCESS, { parameters: { note: 'n', password: 'hush-hush' } })
    const [instance] = await told(test, ACTION_TRIGGER, 1)
    expect(instance).toMatchObject({ status: 'processed' })
    expect(instance?.due_at).toBeUndefined()
    expect(instance?.payload).toEqual({
      execution_id: done.id,
      status: 'succeeded',
      start_timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?\+00:00$/),
      action_name: 'test.gated',
      action_ref: 'test.gated',
      runner_ref: 'gated',
      parameters: { note: 'n', password: '********' },
      result: { ok: true },
    })
    expect(done).not.toHaveProperty('post_completion')
  })

  it('says of a result that is too large only that', async () => {
    await using test = await start({ 'notifier.max_result_size': '10000' })
    await runToEnd(test, { status: 'succeeded', result: { text: 'x'.repeat(9000) } })
    await runToEnd(test, { status: 'succeeded', result: { text: 'x'.repeat(20_000) } })
    const [first, second] = await told(test, ACTION_TRIGGER, 2)
    expect(first?.payload['result']).toEqual({ text: 'x'.repeat(9000) })
    expect(second?.payload['result']).toEqual({ message: expect.stringContaining('20011 bytes'), size: 20_011 })
  })

  it('is told only of the statuses that are asked for, and costs nothing when it is off', async () => {
    await using test = await start({ 'action_sensor.emit_when': 'failed' })
    const succeeded = await runToEnd(test, SUCCESS)
    expect(succeeded.rev).toBe(4)
    await runToEnd(test, FAILURE)
    expect((await told(test, ACTION_TRIGGER, 1)).map(({ payload }) => payload['status'])).toEqual(['failed'])
  })

  it('is due for the rules engine when a rule listens, and the execution is marked until it is stored', async () => {
    await using test = await start()
    await createRule(test.engine.ruleDeps, ANN, {
      name: 'listens',
      pack: 'test',
      trigger: { type: ACTION_TRIGGER },
      action: { ref: 'test.gated' },
      enabled: true,
    })
    await until(() => test.engine.ruleBook.listens(ACTION_TRIGGER))
    const done = await runToEnd(test, SUCCESS)
    // Marked, and cleared.
    expect(done.rev).toBe(5)
    const [instance] = await told(test, ACTION_TRIGGER, 1)
    expect(instance).toMatchObject({ id: done.id, status: 'pending' })
    expect(instance?.due_at).toBeGreaterThan(0)
  })

  it('is recorded of what ended just before the server stops', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'engine-'))
    {
      await using test = await startTestEngine({ folder, services: SERVICES })
      await Promise.all(Array.from({ length: 20 }, () => request(test)))
      await until(() => test.runner.runs.length === 20)
      for (const run of test.runner.runs) run.end(SUCCESS)
      await until(
        async () => (await test.engine.executions.count([{ field: 'status', op: 'eq', value: 'succeeded' }])) === 20,
      )
    }
    await using next = await startTestEngine({ folder, epoch: 2, services: [] })
    expect(await instances(next, ACTION_TRIGGER)).toHaveLength(20)
    await rm(folder, { recursive: true })
  })
})

describe('notifications', () => {
  it('go to each route of each section that applies, rendered', async () => {
    await using test = await start(QUIET)
    await setKey(
      test.engine.keyValueDeps,
      ANN,
      'greeting',
      { scope: undefined, user: undefined },
      { name: 'greeting', value: 'Hello' },
    )
    const notify = {
      'on-complete': { routes: ['one', 'two'] },
      'on-success': {
        message: '{{ st2kv.system.greeting }} {{ action_parameters.note }}: {{ action_results.ok }}',
        data: { by: '{{ action_context.user }}', deep: [{ note: '{{ action_parameters.note }}' }], result: 'replaced' },
      },
      'on-failure': { message: 'never' },
    }
    const done = await runToEnd(test, SUCCESS, { notify, parameters: { note: 'Ann' } })
    const sent = await told(test, NOTIFY_TRIGGER, 3)
    const result = '{"ok":true}'
    expect(
      sent.map(({ payload }) => [payload['route'], payload['channel'], payload['message'], payload['data']]),
    ).toEqual(
      expect.arrayContaining([
        ['one', 'one', 'Action test.gated completed.', { result }],
        ['two', 'two', 'Action test.gated completed.', { result }],
        ['notify.default', 'notify.default', 'Hello Ann: True', { by: 'ann', deep: [{ note: 'Ann' }], result }],
      ]),
    )
    expect(sent[0]?.payload).toMatchObject({
      execution_id: done.id,
      status: 'succeeded',
      start_timestamp: done.start_timestamp.replace('Z', '+00:00'),
      end_timestamp: done.end_timestamp?.replace('Z', '+00:00'),
      action_ref: 'test.gated',
      runner_ref: 'gated',
    })
  })

  it('are sent as written when they cannot be rendered', async () => {
    await using test = await start(QUIET)
    const section = { message: '{{ nobody.knows }}', data: { a: '{{ 1 + }}' } }
    await runToEnd(test, FAILURE, { notify: { 'on-failure': section } })
    const [sent] = await told(test, NOTIFY_TRIGGER, 1)
    expect(sent?.payload).toMatchObject({
      message: section.message,
      data: { ...section.data, result: '{"error":"x"}' },
    })
    expect(test.log.lines.filter(({ level }) => level === 'warn')).toHaveLength(2)
  })

  it('of the action replace those of the request', async () => {
    await using test = await start(QUIET)
    const action = await test.engine.actions.findByRef('test.gated')
    if (action === null) throw new Error('there is the gated action')
    await test.engine.actions.save({ ...action, notify: { 'on-complete': { message: 'own' } } })
    const done = await runToEnd(test, FAILURE, { notify: { 'on-failure': { message: 'asked for' } } })
    expect(done.notify).toEqual({ 'on-complete': { message: 'own' } })
    expect((await instances(test, NOTIFY_TRIGGER)).map(({ payload }) => payload['message'])).toEqual(['own'])
  })
})

describe('action.retry', () => {
  it('requests the same again, as often as it says, and says why', async () => {
    await using test = await start(QUIET)
    await createPolicy(test.engine.policyDeps, ANN, retryOn('failure'))
    const first = await runToEnd(test, FAILURE, {
      parameters: { note: 'n', password: 'swordfish' },
      context: { trace_context: { trace_tag: 't' }, policies: { retry: { retry_count: 99 } } },
    })
    const earlier = [first]
    for (const count of [1, 2]) {
      const run = await until(() => test.runner.runs[count])
      const retried = earlier.at(-1)
      run.end(FAILURE)
      const again = await followedUp(test, run.request.execution_id, 'failed')
      expect(again.context).toEqual({
        user: 'ann',
        pack: 'test',
        trace_context: { trace_tag: 't' },
        policies: {
          retry: { applied_policy: 'test.again', retry_count: count, retried_liveaction_id: retried?.liveaction_id },
        },
      })
      expect(again.parameters).toEqual({ note: 'n', password: '********' })
      expect(openParameters(test.engine.sealer, again)).toEqual({ note: 'n', password: 'swordfish' })
      earlier.push(again)
    }
    expect(await test.engine.executions.count([])).toBe(3)
  })

  it.each([
    ['failure', 'failed', 2],
    ['failure', 'timeout', 1],
    ['timeout', 'timeout', 2],
    ['timeout', 'failed', 1],
    ['failure', 'abandoned', 1],
  ] as const)('on %s, of one that ended %s', async (on, status, executions) => {
    await using test = await start(QUIET)
    await createPolicy(test.engine.policyDeps, ANN, retryOn(on))
    await runToEnd(test, { status, result: {} })
    expect(await test.engine.executions.count([])).toBe(executions)
  })

  it('waits for its delay, over a restart as well', async () => {
    await using test = await start(QUIET)
    await createPolicy(test.engine.policyDeps, ANN, retryOn('failure', { delay: 120 }))
    await runToEnd(test, FAILURE)
    const [again] = await test.engine.executions.find({
      filter: [{ field: 'status', op: 'in', value: ['requested', 'delayed'] }],
    })
    expect(again).toMatchObject({ delay: 120_000, context: { policies: { retry: { retry_count: 1 } } } })
    expect((again?.due_at ?? 0) - Date.now()).toBeGreaterThan(100_000)
  })

  it('never tries the child of another again', async () => {
    await using test = await start(QUIET)
    await createPolicy(test.engine.policyDeps, ANN, retryOn('failure'))
    const parent = await request(test)
    await runToEnd(test, FAILURE, { parentExecution: parent.id })
    expect(await test.engine.executions.count([])).toBe(2)
  })

  it('leaves it at that when the action is gone', async () => {
    await using test = await start(QUIET)
    await createPolicy(test.engine.policyDeps, ANN, retryOn('failure'))
    const { id } = await request(test)
    const run = await until(() => test.runner.runs[0])
    await test.engine.actions.remove('0'.repeat(24))
    run.end(FAILURE)
    await followedUp(test, id, 'failed')
    expect(await test.engine.executions.count([])).toBe(1)
    expect(test.log.lines.map(({ message }) => message)).toContain('an execution cannot be tried again')
  })
})

/** Answers the first `calls` writes, loses the next one (before it is done, or right after), and then none. */
class DyingStore {
  callsToLive = Number.POSITIVE_INFINITY
  doesLast = false
  /** Resolves when it has died. */
  #died = Promise.withResolvers<void>()

  wrap = (store: Store): Store =>
    new Proxy(store, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name)
        if (typeof method !== 'function') return method
        return (...args: unknown[]) => this.#call(() => Reflect.apply(method, target, args))
      },
    })

  async dieDuring(calls: number, doesLast: boolean, run: () => Promise<void>): Promise<'died' | 'done'> {
    this.#died = Promise.withResolvers()
    this.callsToLive = calls
    this.doesLast = doesLast
    const end = await Promise.race([run().then(() => 'done' as const), this.#died.promise.then(() => 'died' as const)])
    this.callsToLive = Number.POSITIVE_INFINITY
    return end
  }

  async #call(run: () => Promise<unknown>): Promise<unknown> {
    if (this.callsToLive-- > 0) return run()
    if (this.callsToLive === -1 && this.doesLast) await run()
    this.#died.resolve()
    return new Promise(() => undefined)
  }
}

describe('being killed anywhere while it is done', () => {
  it.each([false, true])('leads to everything once (the last call reaches the store: %s)', async (doesLast) => {
    const folder = await mkdtemp(join(tmpdir(), 'engine-'))
    await using test = await startTestEngine({ folder })
    const dying = new DyingStore()
    await using other = await startTestEngine({ folder, epoch: 2, services: [], wrapStore: dying.wrap })
    const { engine } = other
    await createPolicy(engine.policyDeps, ANN, retryOn('failure', { delay: 120, max_retry_count: 1 }))
    await test.engine.policies.readBook()
    const deps = {
      ...engine,
      ...engine.triggerDeps,
      lookUps: engine.evaluateDeps.lookUps,
      actionTrigger: { isEnabled: true, statuses: ['failed'], mayMatch: () => true },
      maxResultSize: 1_000_000,
    }
    const notify = { 'on-complete': { routes: ['one', 'two'] }, 'on-failure': { message: '{{ st2kv.system.x }}' } }
    let calls = 0
    let end: 'died' | 'done' = 'died'
    for (; end === 'died'; calls++) {
      const ids = await Promise.all([request(test, { notify }), request(test, { notify })])
      await until(() => test.runner.runs.length === (calls + 1) * 2)
      for (const run of test.runner.runs.slice(-2)) run.end(FAILURE)
      for (const { id } of ids) await until(async () => (await engine.executions.get(id))?.status === 'failed')
      end = await dying.dieDuring(calls, doesLast, async () =>
        followUp(deps, await engine.executions.duePostCompletion(10)),
      )
      await followUp(deps, await engine.executions.duePostCompletion(10))
      expect(await engine.executions.duePostCompletion(10)).toEqual([])
      for (const { id } of ids) {
        const all = [...(await instances(test, ACTION_TRIGGER)), ...(await instances(test, NOTIFY_TRIGGER))]
        const about = all.filter(({ payload }) => payload['execution_id'] === id)
        expect(new Set(about.map(({ payload }) => payload['route']))).toEqual(
          new Set(['notify.default', 'one', 'two', undefined]),
        )
        expect(about).toHaveLength(4)
      }
      expect(await engine.executions.count([])).toBe((calls + 1) * 4)
    }
    expect(calls).toBeGreaterThan(5)
    await rm(folder, { recursive: true })
  })
})
