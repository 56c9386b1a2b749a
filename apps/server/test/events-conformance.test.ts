import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, answerOf, api, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { RecordedAnswers } from './support/recorded-answers.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'
import { until } from './support/until.ts'

interface RecordedRequest {
  readonly n: number
  readonly name: string
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly anonymous?: boolean
  readonly body?: unknown
  /** A body that is no JSON. */
  readonly text?: string
  readonly status: number
  readonly paging?: { readonly limit: string | null; readonly counted: boolean }
  readonly answer?: unknown
}

interface Difference {
  readonly requests: readonly string[]
  /** What the comparison says. */
  readonly line: RegExp
  readonly reason: string
}

/** Where answers differ from upstream's on purpose. */
const DIFFERENCES: readonly Difference[] = [
  {
    requests: ['triggertypes-create-missing', 'triggers-create-missing'],
    line: /^(status 400, recorded 500|\/faultstring is "'(pack|type)' is a required property")/,
    reason: 'What is missing is a bad request that names it; upstream answers 500.',
  },
  {
    requests: ['rules-create-type-bad'],
    line: /^(status 400, recorded 201|\/\w+ (added|missing))/,
    reason: 'A rule type that does not exist is refused; upstream stores such a rule, which is then never matched.',
  },
  {
    requests: ['triggertypes-create-dup', 'rules-create-dup', 'policies-create-dup', 'alias-create-dup'],
    line: /^\/(faultstring is "Tried to save duplicate unique keys|conflict-id is "[0-9a-f]{24}", recorded null)/,
    reason: 'The text of a conflict names the key, and the id of what is there is always known.',
  },
  {
    requests: ['sensortypes-list'],
    line: /^ order: /,
    reason: 'Sensors are listed by pack and name; upstream lists them as they were registered.',
  },
  {
    requests: ['webhooks-get-404'],
    line: /^\/faultstring is "Webhook nope not registered with st2"/,
    reason: 'A webhook that is not there is said to be so; upstream says "Unhandled exception".',
  },
  {
    requests: ['webhooks-post-invalid-json'],
    line: /^\/faultstring is "Failed to parse request body: /,
    reason: 'What follows "Failed to parse request body:" is the wording of the JSON parser and differs.',
  },
]

const recorded = JSON.parse(
  readFileSync(new URL('../conformance/events.json', import.meta.url), 'utf8'),
) as readonly RecordedRequest[]
const answers = new RecordedAnswers()
const unseen = new Set(DIFFERENCES)
const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi

beforeAll(async () => {
  const folder = stack.use(temporaryFolder())
  const dataDir = join(folder.path, 'data')
  writePack(dataDir, 'orc', {})
  server = stack.use(await startServer({ dataDir }))
  admin = await api(server)
})

afterAll(() => stack.disposeAsync())

/** All of them, in order: each builds on what the ones before left behind. */
describe('answers what upstream answered to', () => {
  it.each(recorded.map((request) => [`${request.n} ${request.name}`, request] as const))(
    '%s',
    async (_name, request) => {
      if (COMES_AFTERWARDS.test(request.name)) await allHasHappened()
      const answer = await ask(request)
      const accepted = DIFFERENCES.filter((difference) => difference.requests.includes(request.name))
      const unexplained = differencesOf(request, answer).filter((line) => {
        const reasons = accepted.filter((difference) => difference.line.test(line))
        for (const reason of reasons) unseen.delete(reason)
        return reasons.length === 0
      })
      expect(unexplained).toEqual([])
    },
  )

  it('differs in nothing that is listed and does not happen', () => {
    expect([...unseen].map(({ reason }) => reason)).toEqual([])
  })
})

/** Lists of what follows from the requests before. */
const COMES_AFTERWARDS = /^(?:ruleenforcements-list|triggerinstances-)/

const UNDER_WAY = [
  '/triggerinstances?status=pending',
  '/triggerinstances?status=processing',
  '/executions?status=requested,scheduled,running',
]

/** Upstream was asked after a while. */
async function allHasHappened(): Promise<void> {
  await until('nothing is under way', async () => {
    const left = await Promise.all(UNDER_WAY.map((path) => admin.get<unknown[]>(path)))
    return left.every((rows) => rows.length === 0)
  })
}

async function ask(request: RecordedRequest): Promise<Answer> {
  const headers: Record<string, string> = { ...request.headers }
  if (request.anonymous !== true) headers['x-auth-token'] = admin.token
  const body = request.text ?? (request.body === undefined ? undefined : answers.fill(JSON.stringify(request.body)))
  const init = { method: request.method, headers, ...(body === undefined ? {} : { body }) }
  return answerOf(await fetch(server.api + answers.fill(request.path), init))
}

function differencesOf({ status, paging, answer: expected }: RecordedRequest, answer: Answer): string[] {
  return [
    ...(answer.status === status ? [] : [`status ${answer.status}, recorded ${status}`]),
    ...(paging === undefined || answer.status !== 200 ? [] : pagingDifferences(paging, answer)),
    ...(expected === undefined ? [] : answers.differences(expected, answer.body)),
  ]
}

function pagingDifferences(paging: NonNullable<RecordedRequest['paging']>, { headers }: Answer): string[] {
  const limit = headers.get('x-limit')
  const isCounted = headers.has('x-total-count')
  return [
    ...(limit === paging.limit ? [] : [`x-limit ${limit}, recorded ${paging.limit}`]),
    ...(isCounted === paging.counted ? [] : [`x-total-count ${isCounted}, recorded ${paging.counted}`]),
  ]
}
