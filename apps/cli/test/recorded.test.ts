import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { normalizeText } from './differences.ts'
import { type RecordedAnswer, serveRecorded } from './recorded-server.ts'
import { runCli } from './run-cli.ts'

/** A command that was run against upstream's own services, with what it must have been answered. */
interface Recorded {
  readonly n: number
  readonly argv: readonly string[]
  /** Bodies stand inline. */
  readonly answers: readonly (Omit<RecordedAnswer, 'body'> & { readonly body: unknown })[]
  readonly config?: string
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

const recorded: Recorded[] = JSON.parse(readFileSync(new URL('../conformance/recorded.json', import.meta.url), 'utf8'))

describe.each(recorded)('recorded command $n: st2 $argv', ({ argv, answers, config, ...expected }) => {
  it('prints what was recorded', async () => {
    const documents = Object.fromEntries(answers.map(({ body }, index) => [String(index), body]))
    const named = answers.map((answer, index) => ({ ...answer, body: String(index) }))
    await using server = await serveRecorded(named, documents)
    const run = await runCli(argv, { port: server.port, ...(config === undefined ? {} : { config }) })
    const printed = { ...normalizeText(run), exitCode: run.exitCode }
    expect(printed).toEqual({ ...normalizeText(expected), exitCode: expected.exitCode })
  })
})
