// npm run -s wf -- inspect|conduct|check|rehearse: workflows without a server; packages/orquesta/bin/wf.ts says how.
import { runProgram } from './testing/run-program.mjs'

runProgram('packages/orquesta/bin/wf.ts', process.argv.slice(2))
