// The suites of `npm test`, in the order they run. A new suite is one row.
import { join } from 'node:path'
import { countLintReport, countVitestReport } from './count-report.mjs'
import { repository, repositoryNode } from './repository.mjs'

const minute = 60_000

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {(reportFile: string) => string[]} command what runs it; it writes its report to the file
 * @property {(report: unknown) => import('./count-report.mjs').Count} counter reads that report
 * @property {string | null} project the vitest project whose files it runs; null for a suite without test files
 * @property {string[]} needs names of ./needs.mjs
 * @property {number} limitMs a suite that takes longer is stopped and counts as failed
 */

/** @type {Suite[]} */
export const suites = [
  { name: 'lint', command: lint, counter: countLintReport, project: null, needs: [], limitMs: 5 * minute },
  vitestSuite('unit', [], 5 * minute),
  vitestSuite('contract', ['mongodb stand-in', 'redis', 'rabbitmq'], 15 * minute),
  vitestSuite('integration', ['built programs', 'python', 'strace', 'expression engines'], 15 * minute),
  vitestSuite('crash', ['built programs'], 10 * minute),
  vitestSuite(
    'distributed',
    ['built programs', 'mongodb stand-in', 'redis', 'rabbitmq', 'nginx', 'openssl', 'python', 'systemd', 'shellcheck'],
    10 * minute,
  ),
  vitestSuite('client', ['built programs', 'official client'], 10 * minute),
  vitestSuite('browser', ['built programs', 'chromium'], 15 * minute),
  vitestSuite(
    'browser split',
    ['built programs', 'chromium', 'mongodb stand-in', 'redis', 'rabbitmq', 'nginx', 'openssl', 'python'],
    15 * minute,
  ),
]

/** @returns {Suite[]} the named ones in the table's order, all without a name; throws on a name that is none */
export function chooseSuites(names) {
  const known = suites.map((suite) => suite.name)
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Error(`no suite ${unknown.join(', ')}; there are: ${known.join(', ')}`)
  return names.length === 0 ? suites : suites.filter((suite) => names.includes(suite.name))
}

function lint(reportFile) {
  return [process.execPath, join(repository, 'scripts/lint.mjs'), '--report', reportFile]
}

/** @returns {Suite} */
function vitestSuite(project, needs, limitMs) {
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs')
  const command = (reportFile) =>
    [repositoryNode, vitest, 'run', '--project', project].concat([
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
    ])
  return { name: project, command, counter: countVitestReport, project, needs, limitMs }
}
