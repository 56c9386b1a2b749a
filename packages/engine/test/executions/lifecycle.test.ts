import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionDocument, ExecutionStatus } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { cancelExecution } from '../../src/executions/cancel-execution.ts'
import { type ExecutionOrder, requestExecution } from '../../src/executions/request-execution.ts'
import { rerunExecution } from '../../src/executions/rerun-execution.ts'
import { openParameters } from '../../src/executions/seal-parameters.ts'
import { ANN, startTestEngine, type TestEngine, until } from '../support/test-engine.ts'

const SUCCESS = { status: 'succeeded', result: { ok: true } } as const

function request(test: TestEngine, order: Partial<ExecutionOrder> = {}): Promise<ExecutionDocument> {
  return requestExecution(test.engine.requestDeps, ANN, { action: 'test.gated', parameters: {}, ...order })
}

function reaches(test: TestEngine, id: string, status: ExecutionStatus): Promise<ExecutionDocument> {
  return until(async () => {
    const document = await test.engine.executions.get(id)
    return document?.status === status ? document : null
  })
}

function statuses(document: ExecutionDocument): string[] {
  return document.log.map((entry) => entry.status)
}

describe('an execution', () => {
  it('goes from requested to succeeded, each step logged, and is owned while it runs', async () => {
    await using test = await startTestEngine()
    const { id } = await request(test, { parameters: { note: 'x' } })
    const running = await reaches(test, id, 'running')
    expect(running.claimed_by).toBe('test:1')
    expect(running.due_at).toBeUndefined()
    const run = await until(() => test.runner.runs[0])
    expect(run.request.action_parameters).toEqual({ note: 'x', password: null })
    expect(run.request.runner_parameters).toEqual({ timeout: 60 })
    run.end(SUCCESS)
    const done = await reaches(test, id, 'succeeded')
    expect(statuses(done)).toEqual(['requested', 'scheduled', 'running', 'succeeded'])
    expect(done).toMatchObject({ result: { ok: true }, result_size: 11 })
    expect(done.claimed_by).toBeUndefined()
    expect(done.end_timestamp).toBe(done.log.at(-1)?.timestamp)
  })

  it('keeps a large result as a blob, and the document small', async () => {
    await using test = await startTestEngine()
    const { id } = await request(test)
    const result = { text: 'ä'.repeat(100_000) }
    ;(await until(() => test.runner.runs[0])).end({ status: 'succeeded', result })
    const done = await reaches(test, id, 'succeeded')
    expect(done.result).toBeUndefined()
    expect(done.result_size).toBe(200_011)
    expect(await test.engine.results.load(done)).toEqual(result)
  })

  it('waits for its delay, shown as delayed meanwhile', async () => {
    await using test = await startTestEngine()
    const { id } = await request(test, { delay: 300 })
    await reaches(test, id, 'delayed')
    expect(test.runner.runs).toHaveLength(0)
    const running = await reaches(test, id, 'running')
    expect(Date.parse(running.log.at(-1)?.timestamp ?? '')).toBeGreaterThanOrEqual(
      Date.parse(running.start_timestamp) + 300,
    )
  })

  it('fails with the reason when it cannot be run', async () => {
    await using test = await startTestEngine()
    await test.engine.runnerTypes.setEnabled('gated', false)
    const { id } = await request(test)
    const failed = await reaches(test, id, 'failed')
    expect(failed.result).toMatchObject({ error: 'Runner "gated" has been disabled by the administrator.' })
  })

  it('runs no more at once than the pool holds, and all of them in the end', async () => {
    await using test = await startTestEngine({ overrides: { 'actionrunner.actions_pool_size': '3' } })
    const requested = await Promise.all(Array.from({ length: 8 }, () => request(test)))
    let ended = 0
    while (ended < requested.length) {
      await until(() => test.runner.runs.length > ended)
      expect(test.runner.runs.length - ended).toBeLessThanOrEqual(3)
      test.runner.runs[ended++]?.end(SUCCESS)
    }
    for (const { id } of requested) await reaches(test, id, 'succeeded')
  })
})

describe('cancel', () => {
  it('stops what runs and ends it canceled, by whom is kept', async () => {
    await using test = await startTestEngine()
    const { id } = await request(test)
    const run = await until(() => test.runner.runs[0])
    expect((await cancelExecution(test.engine.cancelDeps, ANN, id)).status).toBe('canceling')
    const done = await reaches(test, id, 'canceled')
    expect(run.signal.aborted).toBe(true)
    expect(done.result).toEqual({ message: 'Action canceled by user.', user: 'ann' })
    expect(done.context['cancelled_by']).toBe('ann')
    expect(statuses(done)).toEqual(['requested', 'scheduled', 'running', 'canceling', 'canceled'])
  })

  it('never lets a late success change the end', async () => {
    await using test = await startTestEngine()
    const { id } = await request(test)
    const run = await until(() => test.runner.runs[0])
    const canceling = cancelExecution(test.engine.cancelDeps, ANN, id)
    run.end(SUCCESS)
    // Refused when the run was faster: one of the two wins.
    await Promise.allSettled([canceling])
    const done = await until(async () => {
      const document = await test.engine.executions.get(id)
      return document?.end_timestamp === undefined ? null : document
    })
    expect(['canceled', 'succeeded']).toContain(done.status)
    expect(statuses(done).filter((status) => status === 'canceled' || status === 'succeeded')).toHaveLength(1)
  })

  it('stops a run whose cancel message was lost', async () => {
    await using test = await startTestEngine({ overrides: { 'scheduler.sweep_interval_ms': '50' } })
    const { id } = await request(test)
    await until(() => test.runner.runs[0])
    await test.engine.executions.change(id, () => ({ status: 'canceling' }))
    expect(statuses(await reaches(test, id, 'canceled'))).toContain('canceling')
  })

  it('ends at once what does not run yet', async () => {
    await using test = await startTestEngine()
    const { id } = await request(test, { delay: 60_000 })
    expect((await cancelExecution(test.engine.cancelDeps, ANN, id)).status).toBe('canceled')
    expect((await cancelExecution(test.engine.cancelDeps, ANN, id)).status).toBe('canceled')
  })

  it('refuses what has ended', async () => {
    await using test = await startTestEngine()
    const { id } = await request(test)
    ;(await until(() => test.runner.runs[0])).end(SUCCESS)
    await reaches(test, id, 'succeeded')
    await expect(cancelExecution(test.engine.cancelDeps, ANN, id)).rejects.toThrow(
      'Action cannot be canceled. State = succeeded.',
    )
  })
})

describe('secrets', () => {
  it('are in no document and no file, reach the run, and survive a re-run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'engine-'))
    const secret = 'correct horse battery staple'
    {
      await using test = await startTestEngine({ folder })
      const first = await request(test, { parameters: { password: secret, note: 'with {{ password }}' } })
      expect(first.parameters).toEqual({ password: '********', note: '********' })
      const run = await until(() => test.runner.runs[0])
      expect(run.request.action_parameters).toEqual({ password: secret, note: `with ${secret}` })
      run.end(SUCCESS)
      const again = await rerunExecution(test.engine.requestDeps, ANN, first.id, { parameters: { note: 'plain' } })
      expect(again.parameters).toEqual({ password: '********', note: 'plain' })
      expect(openParameters(test.engine.sealer, again)).toEqual({ password: secret, note: 'plain' })
      expect(again.context['re-run']).toEqual({ ref: first.id })
      ;(await until(() => test.runner.runs[1])).end(SUCCESS)
      await reaches(test, again.id, 'succeeded')
    }
    const bytes = await readFile(join(folder, 'st2.sqlite'))
    expect(bytes.includes(secret)).toBe(false)
    expect(bytes.includes('********')).toBe(true)
    await rm(folder, { recursive: true })
  })
})

describe('a server that follows a dead one', () => {
  it.each([
    ['abandon', 'abandoned', { result: { reason: 'server process ended' } }],
    ['rerun', 'running', { claimed_by: 'test:2' }],
  ] as const)('on_crash %s: kills what was left, then what ran is %s', async (onCrash, status, expected) => {
    const folder = await mkdtemp(join(tmpdir(), 'engine-'))
    const dead = await startTestEngine({ folder, epoch: 1 })
    const ran = await request(dead)
    const asked = await request(dead)
    const waits = await request(dead, { delay: 60_000 })
    await until(() => dead.runner.runs.length === 2)
    await cancelExecution(dead.engine.cancelDeps, ANN, asked.id).catch(() => undefined)
    // The dead server stops without a word: its services are not told, so nothing is finished or handed over.
    {
      await using next = await startTestEngine({ folder, epoch: 2, overrides: { 'actionrunner.on_crash': onCrash } })
      expect(next.reaped.count).toBe(1)
      expect(await reaches(next, ran.id, status)).toMatchObject(expected)
      await reaches(next, asked.id, 'canceled')
      expect((await next.engine.executions.get(waits.id))?.status).toBe('delayed')
      // A zombie that wakes up owns nothing any more.
      dead.runner.runs[0]?.end(SUCCESS)
      await reaches(next, ran.id, status)
    }
    await dead[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })
})

describe('stopping', () => {
  it('lets a run end within the deadline, and abandons one that does not', async () => {
    const test = await startTestEngine()
    const quick = await request(test)
    const slow = await request(test)
    await until(() => test.runner.runs.length === 2)
    const stopped = test.services.stop(200)
    test.runner.runs.find((run) => run.request.execution_id === quick.id)?.end(SUCCESS)
    await stopped
    await reaches(test, quick.id, 'succeeded')
    const abandoned = await reaches(test, slow.id, 'abandoned')
    expect(abandoned.result).toMatchObject({ reason: 'shutdown' })
    await test[Symbol.asyncDispose]()
  })
})
