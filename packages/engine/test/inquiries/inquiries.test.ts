import { type Action, type ExecutionDocument, INQUIRER_RUNNER } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { expireInquiries } from '../../src/inquiries/expire-inquiries.ts'
import { respondToInquiry } from '../../src/inquiries/respond-to-inquiry.ts'
import { requestExecution } from '../../src/executions/request-execution.ts'
import type { Runner } from '../../src/ports/runner.ts'
import { ANN, startTestEngine, type TestEngine, until } from '../support/test-engine.ts'

/** Asks as the inquirer does. */
const inquirer: Runner = {
  manifest: {
    name: INQUIRER_RUNNER,
    enabled: true,
    runner_package: 'inquirer_runner',
    runner_module: 'inquirer_runner',
    runner_parameters: {
      schema: { type: 'object', default: { type: 'object' } },
      route: { type: 'string', default: '' },
      users: { type: 'array', default: [] },
      roles: { type: 'array', default: [] },
      ttl: { type: 'integer', default: 1440 },
    },
    output_schema: {},
  },
  place: 'engine',
  needsToken: false,
  run: ({ runner_parameters: { schema, route, users, roles, ttl } }) =>
    Promise.resolve({ status: 'pending', result: { schema, roles, users, route, ttl } }),
}

const ASK: Action = {
  id: '1'.repeat(24),
  ref: 'test.ask',
  uid: 'action:test:ask',
  name: 'ask',
  pack: 'test',
  enabled: true,
  runner_type: INQUIRER_RUNNER,
  entry_point: '',
  parameters: {},
  output_schema: {},
  tags: [],
  notify: {},
  metadata_file: '',
}

const MINUTE_MS = 60_000

async function startAsking(): Promise<TestEngine> {
  const test = await startTestEngine({ runners: [inquirer] })
  await test.engine.actions.create(ASK)
  return test
}

async function ask({ engine }: TestEngine, parameters: Record<string, unknown> = {}): Promise<ExecutionDocument> {
  const { id } = await requestExecution(engine.requestDeps, ANN, { action: ASK.ref, parameters })
  return until(async () => {
    const found = await engine.executions.get(id)
    return found?.status === 'pending' ? found : null
  })
}

/** Expires what is over so many minutes from now. */
function expireAfter({ engine }: TestEngine, minutes: number): Promise<number> {
  const clock = { ...engine.clock, now: () => Date.now() + minutes * MINUTE_MS }
  return expireInquiries({ ...engine, clock, systemUser: 'stanley' }, new AbortController().signal)
}

describe('an inquiry', () => {
  it('times out when more whole minutes have passed than it may live', async () => {
    await using test = await startAsking()
    const { id, result } = await ask(test, { ttl: 10 })
    expect(await expireAfter(test, 10)).toBe(0)
    expect(await expireAfter(test, 11.5)).toBe(1)
    const ended = await test.engine.executions.get(id)
    expect(ended).toMatchObject({ status: 'timeout', result })
    expect(await expireAfter(test, 12)).toBe(0)
    await expect(respondToInquiry(test.engine, ANN, id, {})).rejects.toThrow(
      `Inquiry "${id}" timed out and cannot be responded to.`,
    )
  })

  it.each([0, -1])('lives forever with a time to live of %d', async (ttl) => {
    await using test = await startAsking()
    const { id } = await ask(test, { ttl })
    expect(await expireAfter(test, 1_000_000)).toBe(0)
    expect((await test.engine.executions.get(id))?.status).toBe('pending')
  })

  it('is nobody’s once it waits, so that the end of a server does not end it', async () => {
    await using test = await startAsking()
    const { id } = await ask(test)
    const waiting = await until(async () => {
      const found = await test.engine.executions.get(id)
      return found?.due_at === undefined ? found : null
    })
    expect(waiting.claimed_by).toBeUndefined()
  })

  it('is answered by one of two who answer at once', async () => {
    await using test = await startAsking()
    const { id } = await ask(test)
    const answers = await Promise.allSettled([
      respondToInquiry(test.engine, ANN, id, { by: 1 }),
      respondToInquiry(test.engine, ANN, id, { by: 2 }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const first = answers.findIndex(({ status }) => status === 'fulfilled') + 1
    expect((await test.engine.executions.get(id))?.result).toMatchObject({ response: { by: first } })
  })

  it('refuses a schema that cannot be used, and says so', async () => {
    await using test = await startAsking()
    const { id } = await ask(test, { schema: { type: 'object', properties: { x: { type: 'nothing' } } } })
    await expect(respondToInquiry(test.engine, ANN, id, { x: 1 })).rejects.toThrow(`The schema of inquiry "${id}"`)
  })
})
