import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ExecutionDocument, type ExecutionStatus, policySlots, type PolicyRequest } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { cancelExecution } from '../../src/executions/cancel-execution.ts'
import { createPolicy } from '../../src/executions/policies/create-policy.ts'
import { PolicyQueues } from '../../src/executions/policies/policy-queues.ts'
import { removePolicy } from '../../src/executions/policies/remove-policy.ts'
import { updatePolicy } from '../../src/executions/policies/update-policy.ts'
import { type ExecutionOrder, requestExecution } from '../../src/executions/request-execution.ts'
import type { Store } from '../../src/ports/store.ts'
import { ANN, startTestEngine, type TestEngine, type TestEngineOptions, until } from '../support/test-engine.ts'

const SUCCESS = { status: 'succeeded', result: { ok: true } } as const
/** Nothing here may wait for a sweep. */
const NO_SWEEP = { 'scheduler.sweep_interval_ms': '600000' }

function limit(threshold: number, more: Record<string, unknown> = {}): PolicyRequest {
  return {
    name: 'limit',
    pack: 'test',
    resource_ref: 'test.gated',
    policy_type: 'attributes' in more ? 'action.concurrency.attr' : 'action.concurrency',
    parameters: { threshold, ...more },
  }
}

function request(test: TestEngine, order: Partial<ExecutionOrder> = {}): Promise<ExecutionDocument> {
  return requestExecution(test.engine.requestDeps, ANN, { action: 'test.gated', parameters: {}, ...order })
}

function reaches(test: TestEngine, id: string, status: ExecutionStatus): Promise<ExecutionDocument> {
  return until(async () => {
    const document = await test.engine.executions.get(id)
    return document?.status === status ? document : null
  })
}

async function startLimited(policy: PolicyRequest, options: TestEngineOptions = {}) {
  let store: Store | null = null
  const wrapStore = (opened: Store): Store => (store = opened)
  const test = await startTestEngine({ overrides: NO_SWEEP, ...options, wrapStore })
  const created = await createPolicy(test.engine.policyDeps, ANN, policy)
  return {
    test,
    policy: created,
    slots: async () => (store === null ? [] : await store.find(policySlots, {})),
    runningNotes: () => test.runner.runs.map(({ request: run }) => run.action_parameters['note']),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  }
}

function end(test: TestEngine, execution: ExecutionDocument): void {
  test.runner.runs.find((run) => run.request.execution_id === execution.id)?.end(SUCCESS)
}

describe('action.concurrency', () => {
  it('lets as many run as the threshold says, the rest in the order of requests, woken by each end', async () => {
    await using limited = await startLimited(limit(2))
    const { test } = limited
    const requested: ExecutionDocument[] = []
    for (let number = 0; number < 8; number++)
      requested.push(await request(test, { parameters: { note: `${number}` } }))
    for (let ended = 0; ended < 8; ended++) {
      await until(() => test.runner.runs.length === Math.min(8, ended + 2))
      const running = await new PolicyQueues(test.engine.executions).countActive('test.gated')
      expect(running).toBeLessThanOrEqual(2)
      const run = test.runner.runs[ended]
      run?.end(SUCCESS)
      await reaches(test, run?.request.execution_id ?? '', 'succeeded')
    }
    expect(limited.runningNotes()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    await until(async () => (await limited.slots()).length === 0)
    const last = await test.engine.executions.get(requested[7]?.id ?? '')
    expect(last?.log.map(({ status }) => status)).toEqual(['requested', 'delayed', 'scheduled', 'running', 'succeeded'])
    expect(last).not.toHaveProperty('policy_queue')
  })

  it('lets nothing run at threshold 0, and what waits can be cancelled', async () => {
    await using limited = await startLimited(limit(1))
    await limited.test.engine.policies.save({ ...limited.policy, parameters: { threshold: 0, action: 'delay' } })
    const { id } = await request(limited.test)
    const delayed = await reaches(limited.test, id, 'delayed')
    expect(delayed.due_at).toBeUndefined()
    expect((await cancelExecution(limited.test.engine.cancelDeps, ANN, id)).status).toBe('canceled')
    expect(limited.test.runner.runs).toEqual([])
  })

  it('cancels what finds no room when it says so', async () => {
    await using limited = await startLimited(limit(1, { action: 'cancel' }))
    const { test } = limited
    const first = await request(test)
    await reaches(test, first.id, 'running')
    const second = await reaches(test, (await request(test)).id, 'canceled')
    expect(second.log.map(({ status }) => status)).toEqual(['requested', 'canceling', 'canceled'])
    expect(second).toMatchObject({ result: {}, result_size: 2 })
    expect(second.end_timestamp).toBe(second.log.at(-1)?.timestamp)
    end(test, first)
    await until(async () => (await limited.slots()).length === 0)
    await reaches(test, (await request(test)).id, 'running')
  })

  it('counts what ran before there was a policy, and takes up what waited for a delay', async () => {
    await using test = await startTestEngine({ overrides: NO_SWEEP })
    const before = await request(test)
    await reaches(test, before.id, 'running')
    const delayed = await request(test, { delay: 150 })
    await createPolicy(test.engine.policyDeps, ANN, limit(1))
    const after = await request(test)
    await reaches(test, after.id, 'delayed')
    await reaches(test, delayed.id, 'delayed')
    // Once its delay is over it waits in the queue of the policy.
    await until(async () => (await test.engine.executions.get(delayed.id))?.policy_queue?.endsWith(':all'))
    expect(test.runner.runs).toHaveLength(1)
    end(test, before)
    await until(() => test.runner.runs.length === 2)
    expect(test.runner.runs[1]?.request.execution_id).toBe(delayed.id)
    end(test, delayed)
    await reaches(test, after.id, 'running')
  })

  it('follows its threshold up and down, and lets all go when it goes', async () => {
    await using limited = await startLimited(limit(1))
    const { test, policy } = limited
    const requested: ExecutionDocument[] = []
    for (let number = 0; number < 6; number++) requested.push(await request(test))
    const [first, second, third] = requested
    if (first === undefined || second === undefined || third === undefined) throw new Error('three were requested')
    await until(() => test.runner.runs.length === 1)
    await updatePolicy(test.engine.policyDeps, ANN, policy.id, limit(3))
    await until(() => test.runner.runs.length === 3)
    await updatePolicy(test.engine.policyDeps, ANN, policy.id, limit(1))
    for (const execution of [first, second]) {
      end(test, execution)
      await reaches(test, execution.id, 'succeeded')
    }
    await until(async () => (await limited.slots()).length === 1)
    expect(test.runner.runs).toHaveLength(3)
    end(test, third)
    await until(() => test.runner.runs.length === 4)
    await removePolicy(test.engine.policyDeps, ANN, policy.id)
    await until(() => test.runner.runs.length === 6)
    await until(async () => (await limited.slots()).length === 0)
  })

  it('keeps who waits over a restart, and finds what a dead server held', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'engine-'))
    const dead = await startLimited(limit(1), { folder, epoch: 1 })
    const first = await request(dead.test, { parameters: { note: 'first' } })
    await reaches(dead.test, first.id, 'running')
    const second = await request(dead.test, { parameters: { note: 'second' } })
    await reaches(dead.test, second.id, 'delayed')
    {
      await using next = await startTestEngine({ folder, epoch: 2, overrides: NO_SWEEP })
      await reaches(next, first.id, 'abandoned')
      await reaches(next, second.id, 'running')
      const run = await until(() => next.runner.runs[0])
      expect(run.request.execution_id).toBe(second.id)
    }
    await dead[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  it('does not touch actions without a policy', async () => {
    await using limited = await startLimited({ ...limit(1), resource_ref: 'test.other' })
    const { id } = await request(limited.test)
    const running = await reaches(limited.test, id, 'running')
    expect(running.log.map(({ status }) => status)).toEqual(['requested', 'scheduled', 'running'])
    expect(await limited.slots()).toEqual([])
  })
})

describe('action.concurrency.attr', () => {
  it('shares the threshold among equal values of the parameters that are there', async () => {
    await using limited = await startLimited(limit(1, { attributes: ['note'] }))
    const { test } = limited
    const notes = ['a', 'a', 'b', undefined, undefined, 'b']
    for (const note of notes) await request(test, { parameters: note === undefined ? {} : { note } })
    await until(() => test.runner.runs.length === 3)
    expect(limited.runningNotes()).toEqual(['a', 'b', null])
    test.runner.runs[1]?.end(SUCCESS)
    await until(() => test.runner.runs.length === 4)
    expect(limited.runningNotes()).toEqual(['a', 'b', null, 'b'])
  })

  it('tells secret values apart without storing them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'engine-'))
    {
      await using limited = await startLimited(limit(1, { attributes: ['password'] }), { folder })
      const { test } = limited
      for (const password of ['swordfish-1', 'swordfish-1', 'swordfish-2'])
        await request(test, { parameters: { password } })
      await until(() => test.runner.runs.length === 2)
      expect(test.runner.runs.map((run) => run.request.action_parameters['password'])).toEqual([
        'swordfish-1',
        'swordfish-2',
      ])
    }
    expect((await readFile(join(folder, 'st2.sqlite'))).includes('swordfish')).toBe(false)
    await rm(folder, { recursive: true })
  })

  it('regroups what waits and what runs when its attributes change', async () => {
    await using limited = await startLimited(limit(1, { attributes: ['note'] }))
    const { test, policy } = limited
    const first = await request(test, { parameters: { note: 'a', password: 'x' } })
    await reaches(test, first.id, 'running')
    const sameNote = await request(test, { parameters: { note: 'a', password: 'y' } })
    await reaches(test, sameNote.id, 'delayed')
    await updatePolicy(test.engine.policyDeps, ANN, policy.id, limit(1, { attributes: ['password'] }))
    await reaches(test, sameNote.id, 'running')
    const samePassword = await request(test, { parameters: { note: 'b', password: 'x' } })
    await reaches(test, samePassword.id, 'delayed')
    expect(await limited.slots()).toHaveLength(2)
  })
})

describe('two policies on one action', () => {
  it('must both have room', async () => {
    await using limited = await startLimited(limit(2))
    const { test } = limited
    await createPolicy(test.engine.policyDeps, ANN, { ...limit(1, { attributes: ['note'] }), name: 'by_note' })
    const requested: ExecutionDocument[] = []
    for (const note of ['a', 'a', 'b', 'c']) requested.push(await request(test, { parameters: { note } }))
    await until(() => test.runner.runs.length === 2)
    expect(limited.runningNotes()).toEqual(['a', 'b'])
    test.runner.runs[1]?.end(SUCCESS)
    await until(() => test.runner.runs.length === 3)
    expect(limited.runningNotes()).toEqual(['a', 'b', 'c'])
    test.runner.runs[0]?.end(SUCCESS)
    await until(() => test.runner.runs.length === 4)
    expect(limited.runningNotes()).toEqual(['a', 'b', 'c', 'a'])
  })
})
