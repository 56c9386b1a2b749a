import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from './support.ts'

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[]
  }[]
}

const TIME_LIMIT_MS = 90_000

/** A suite is worth what it catches: each double breaks one promise, and the test that guards it must fail. */
const DOUBLES: readonly [file: string, caught: string][] = [
  ['revisions.broken.ts', 'lets exactly one of many contenders win each round'],
  ['mongodb.broken.ts', 'lets exactly one of many contenders win each round'],
  ['claims.broken.ts', 'gives one due document to one of many contenders'],
  ['counts.broken.ts', 'removes what matches, at most as many as asked, and says how many'],
  ['tallies.broken.ts', 'counts what the filter leaves'],
  ['sparse.broken.ts', 'allows any number of documents without the field of a unique sparse index'],
  ['rejections.broken.ts', 'delivers a rejected message again'],
]

describe('the contract suites', () => {
  let outcome: { code: number | null; failed: Map<string, string[]>; passed: number }
  beforeAll(async () => {
    outcome = await runBroken()
  }, TIME_LIMIT_MS)

  it.each(DOUBLES)('catch %s', (file, caught) => {
    expect(outcome.failed.get(file)).toContain(caught)
  })

  it('fail as a whole then, and only where the promise is broken', () => {
    expect(outcome.code).toBe(1)
    expect(outcome.passed).toBeGreaterThan(50)
  })
})

async function runBroken(): Promise<{ code: number | null; failed: Map<string, string[]>; passed: number }> {
  using folder = temporaryFolder()
  const output = join(folder.path, 'report.json')
  const config = join(import.meta.dirname, 'broken', 'vitest.config.ts')
  const vitest = new URL('vitest.mjs', import.meta.resolve('vitest/package.json')).pathname
  const args = [vitest, 'run', '--config', config, '--reporter=json', `--outputFile=${output}`]
  const child = spawn(process.execPath, args, { stdio: 'ignore', timeout: TIME_LIMIT_MS, killSignal: 'SIGKILL' })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', resolve)
  })
  const report: Report = JSON.parse(readFileSync(output, 'utf8'))
  const titles = (status: string, file: Report['testResults'][number]) =>
    file.assertionResults.filter((result) => result.status === status).map(({ title }) => title)
  return {
    code,
    failed: new Map(report.testResults.map((file) => [basename(file.name), titles('failed', file)])),
    passed: report.testResults.flatMap((file) => titles('passed', file)).length,
  }
}
