import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, answerOf, api, type TestApi } from './support/api.ts'
import { type HttpTarget, startHttpTarget } from './support/http-target.ts'
import { writePack } from './support/pack.ts'
import { differencesOf, Learned, type RecordedRequest, readRecording } from './support/recorded.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'
import { until } from './support/until.ts'
import { DIFFERENCES } from './conformance-differences.ts'

const COMPLETED = ['succeeded', 'failed', 'timeout', 'canceled', 'abandoned']
const SCRIPT = `#!/bin/sh
for argument in "$@"; do echo "arg:$argument"; done
`
const SCRIPT_ACTION = `name: scr
runner_type: local-shell-script
entry_point: scr.sh
enabled: true
parameters:
  a: { type: string, position: 0, required: true }
  flag: { type: boolean, default: true }
  lst: { type: array, default: [1, 2] }
  obj: { type: object, default: { k: v } }
`

const { requests } = readRecording()
const learned = new Learned()
const unseen = new Map(DIFFERENCES.map((difference) => [difference, difference.reason]))
const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let target: HttpTarget

beforeAll(async () => {
  const folder = stack.use(temporaryFolder())
  const dataDir = join(folder.path, 'data')
  writePack(dataDir, 'orc', { 'actions/scr.yaml': SCRIPT_ACTION, 'actions/scr.sh': SCRIPT })
  target = stack.use(await startHttpTarget())
  server = stack.use(await startServer({ dataDir }))
  admin = await api(server)
  learned.set('token', admin.token)
  learned.set('http', target.url)
})

afterAll(() => stack.disposeAsync())

/** All of them, in order: each builds on what the ones before left behind. */
describe('answers what upstream answered to', () => {
  it.each(requests.map((request) => [`${request.n} ${request.name}`, request] as const))(
    '%s',
    async (_name, request) => {
      const answer = await askAsRecorded(request)
      learned.learnFrom(request, answer.body)
      const accepted = DIFFERENCES.filter((difference) => difference.requests.includes(request.name))
      const unexplained = differencesOf(request, answer, learned).filter((line) => {
        const reasons = accepted.filter((difference) => difference.line.test(line))
        for (const reason of reasons) unseen.delete(reason)
        return reasons.length === 0
      })
      expect(unexplained).toEqual([])
    },
  )

  it('differs in nothing that is listed and does not happen', () => {
    const stale = [...unseen].filter(([difference]) => difference.always).map(([, reason]) => reason)
    expect(stale).toEqual([])
  })
})

/** Upstream was asked about these while they were not at their end. */
const WHILE_IN: Readonly<Record<string, readonly string[]>> = {
  'exec-get-noop-immediately': ['requested', 'scheduled', 'running', ...COMPLETED],
  'exec-pause-nonworkflow': ['running'],
  'exec-cancel': ['running'],
}

/** Upstream was asked after a while: executions had ended by then. */
async function askAsRecorded(request: RecordedRequest): Promise<Answer> {
  const id = /^\/v1\/executions\/(\{id-\d+\})/.exec(request.path)?.[1]
  if (id !== undefined) await untilItIs(learned.fill(id), WHILE_IN[request.name] ?? COMPLETED)
  return ask(request)
}

async function untilItIs(id: string, statuses: readonly string[]): Promise<void> {
  await until(`execution ${id} is ${statuses.join(' or ')}`, async () =>
    statuses.includes((await admin.execution(id)).status),
  )
}

async function ask(request: RecordedRequest): Promise<Answer> {
  const { method } = request
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name] = learned.fill(value)
  const init: RequestInit = { method, headers }
  if (request.body !== undefined) init.body = learned.fill(JSON.stringify(request.body))
  if (request.text !== undefined) init.body = request.text
  const path = learned.fill(request.path)
  if (request.server === 'stream' && request.status === 200) return askStream(`${server.stream}${path}`, init)
  return answerOf(await fetch(`${server[request.server]}${path}`, init))
}

/** A stream does not end: its head is what is compared. */
async function askStream(url: string, init: RequestInit): Promise<Answer> {
  const abort = new AbortController()
  const response = await fetch(url, { ...init, signal: abort.signal })
  abort.abort()
  return { status: response.status, headers: response.headers, text: '', body: undefined }
}
