// Runs all suites, or the named ones (`node scripts/test.mjs unit browser`), after installing what they need. Plain JavaScript without
// dependencies: it runs on a fresh clone with Node 20.
import { runSuites } from './testing/run-suites.mjs'
import { chooseSuites } from './testing/suites.mjs'

try {
  process.exitCode = await runSuites(chooseSuites(process.argv.slice(2)))
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
