import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DIFFERENCES, HELP_CASES, normalizeText, type Text } from './differences.ts'
import { type RecordedAnswer, type RecordedRequest, serveRecorded } from './recorded-server.ts'
import { type CliRun, runCli } from './run-cli.ts'

interface Case {
  readonly name: string
  readonly argv: readonly string[]
  readonly answers: readonly RecordedAnswer[]
  readonly env?: Readonly<Record<string, string>>
  readonly config?: string
  readonly workingFiles?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly unreachable?: boolean
}

interface Recorded extends Text {
  readonly exitCode: number
  readonly requests: readonly RecordedRequest[]
  readonly files?: CliRun['files']
}

const { documents, cases } = readJson<{ documents: Record<string, unknown>; cases: Case[] }>('cases.json')
const official = readJson<Record<string, Recorded>>('official.json')

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../conformance/${name}`, import.meta.url), 'utf8'))
}

describe.each(cases.filter(({ name }) => HELP_CASES[name] === undefined))('$name', (recordedCase) => {
  it('prints, sends and leaves behind what the official client does', async () => {
    const { name } = recordedCase
    const expected = recordedOf(name)
    const difference = DIFFERENCES[name] ?? { reason: '' }
    const { run, writes } = await replay(recordedCase)
    expect(normalizeText(run)).toEqual(expectedText(expected, name))
    expect(run.exitCode).toBe(difference.exitCode ?? expected.exitCode)
    expect(writes).toEqual(difference.writes ?? expected.requests.filter(isWrite))
    expect(run.files).toEqual(expected.files ?? {})
  })
})

describe.each(cases.filter(({ name }) => HELP_CASES[name] !== undefined))('$name', (recordedCase) => {
  it('prints help where the official client does, with its exit code', async () => {
    const { run } = await replay(recordedCase)
    expect(beginnings(run)).toEqual(beginnings(recordedOf(recordedCase.name)))
  })
})

it('keeps no difference that is none any more', () => {
  for (const name of Object.keys(DIFFERENCES)) {
    const expected = recordedOf(name)
    const upstream = { name, text: normalizeText(expected), writes: expected.requests.filter(isWrite) }
    const ours = { text: expectedText(expected, name), writes: DIFFERENCES[name]?.writes ?? upstream.writes }
    expect({ name, ...ours }).not.toEqual(upstream)
  }
})

function recordedOf(name: string): Recorded {
  const recorded = official[name]
  if (recorded === undefined) throw new Error(`nothing is recorded for "${name}"`)
  return recorded
}

async function replay(recordedCase: Case): Promise<{ run: CliRun; writes: RecordedRequest[] }> {
  await using server = await serveRecorded(recordedCase.answers, documents)
  const { port } = server
  if (recordedCase.unreachable === true) await server[Symbol.asyncDispose]()
  const { argv, env = {}, config, workingFiles = {}, stdin = '' } = recordedCase
  const run = await runCli(argv, { port, env, workingFiles, stdin, ...(config === undefined ? {} : { config }) })
  return { run, writes: server.requests.filter(isWrite) }
}

function isWrite(request: RecordedRequest): boolean {
  return request.method !== 'GET'
}

function expectedText(recorded: Recorded, name: string): Text {
  const difference = DIFFERENCES[name]
  const { stdout, stderr } = normalizeText(recorded)
  const replaced = (difference?.replace ?? []).reduce((text, [from, to]) => text.replaceAll(globally(from), to), stdout)
  return { stdout: difference?.stdout ?? replaced, stderr: difference?.stderr ?? stderr }
}

function globally(pattern: string | RegExp): string | RegExp {
  return typeof pattern === 'string' || pattern.global ? pattern : new RegExp(pattern.source, `${pattern.flags}g`)
}

function beginnings(run: Text & { readonly exitCode: number }) {
  return { stdout: run.stdout.slice(0, 20), stderr: run.stderr.slice(0, 20), exitCode: run.exitCode }
}
