// Runs suites one after the other, shows their output as it comes and adds up their tests.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countSuite } from './count-report.mjs'
import { installWorkspace } from './install-workspace.mjs'
import { needsEnvironment, provide } from './needs.mjs'
import { repository, repositoryPath } from './repository.mjs'
import { runCommand } from './run-command.mjs'
import { filesByProject, orphans } from './test-files.mjs'

/**
 * Prints, as the last line, `N passed, N failed`.
 * @param {import('./suites.mjs').Suite[]} suites
 * @param {string[]} extraArguments given to the command of each suite
 * @returns {Promise<number>} the exit code: 1 when anything failed or nothing ran
 */
export async function runSuites(suites, extraArguments = []) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  const interrupt = interruption()
  const folder = mkdtempSync(join(tmpdir(), 'st2-test-'))
  // Servers that change to another user (nginx) reach what a test made for them.
  chmodSync(folder, 0o711)
  try {
    installWorkspace()
    for (const count of await counts({ suites, extraArguments, folder, signal: interrupt.signal })) add(total, count)
  } catch (error) {
    console.error(error)
    total.failed += 1
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    interrupt.dispose()
  }
  if (total.skipped > 0) console.log(`${total.skipped} skipped tests are in neither number`)
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

async function counts(run) {
  const byProject = filesByProject()
  const results = [countOrphans(orphans(byProject))]
  const runnable = run.suites.filter((suite) => hasFiles(suite, byProject))
  const unmet = provide([...new Set(runnable.flatMap((suite) => suite.needs))])
  const summary = []
  for (const [index, suite] of runnable.entries()) {
    if (run.signal.aborted) break
    const files = suite.project === null ? '' : ` (${byProject.get(suite.project).length} files)`
    console.log(`\n=== ${index + 1}/${runnable.length} ${suite.name}${files} ===`)
    const started = Date.now()
    const count = await countOf(suite, { ...run, unmet })
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    const problem = count.problem === null ? '' : `: ${count.problem}`
    summary.push(`${suite.name}: ${count.passed} passed, ${count.failed} failed in ${seconds} s${problem}`)
    console.log(`--- ${summary.at(-1)}`)
    results.push(count)
  }
  console.log(`\n${summary.join('\n')}`)
  return results
}

/** A suite nobody has written a test for is left out, and said to be. */
function hasFiles(suite, byProject) {
  if (suite.project === null || byProject.has(suite.project)) return true
  console.log(`${suite.name}: left out, it has no test files`)
  return false
}

function countOrphans(files) {
  for (const file of files) console.log(`${file}: no project of vitest.config.ts runs this test file`)
  return { passed: 0, failed: files.length, skipped: 0 }
}

async function countOf(suite, { extraArguments, folder, signal, unmet }) {
  const missing = suite.needs.filter((need) => unmet.has(need))
  if (missing.length > 0) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      problem: missing.map((need) => `needs ${need}: ${unmet.get(need)}`).join('; '),
    }
  }
  const report = join(folder, `${suite.name}.json`)
  const end = await runCommand([...suite.command(report), ...extraArguments], {
    cwd: repository,
    // Temporary files of the tests go where they are removed with the rest.
    env: { ...process.env, ...needsEnvironment(), PATH: repositoryPath(), TMPDIR: folder },
    limitMs: suite.limitMs,
    signal,
  })
  const count = countSuite(suite.counter, existsSync(report) ? readFileSync(report, 'utf8') : null, end)
  return end.stopped === null && end.error === null
    ? count
    : { ...count, failed: Math.max(count.failed, 1), problem: reasonOf(end, suite) }
}

function reasonOf(end, suite) {
  if (end.error !== null) return end.error.message
  return end.stopped === 'limit' ? `stopped after ${suite.limitMs / 1000} s` : 'interrupted'
}

function add(total, count) {
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
}

/** Ctrl-C and SIGTERM stop the running suite; the summary is still printed. */
function interruption() {
  const controller = new AbortController()
  const stop = () => controller.abort()
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
    },
  }
}
