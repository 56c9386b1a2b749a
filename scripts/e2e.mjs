// Runs the browser tests, after installing what they need. Arguments go to vitest: `npm run e2e -- -t login`.
import { runSuites } from './testing/run-suites.mjs'
import { chooseSuites } from './testing/suites.mjs'

process.exitCode = await runSuites(chooseSuites(['browser']), process.argv.slice(2))
