// npm run -s expr: evaluates expressions, JSON lines in and out; packages/expressions/bin/expr.ts says how.
import { runProgram } from './testing/run-program.mjs'

runProgram('packages/expressions/bin/expr.ts')
