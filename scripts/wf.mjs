// npm run -s wf -- inspect|conduct|check|rehearse|roundtrip|edit|rename: workflows without a server; packages/orquesta/bin/wf.ts and
// packages/designer/bin/wf-designer.ts say how.
import { runProgram } from './testing/run-program.mjs'

const args = process.argv.slice(2)
const isOfDesigner = ['roundtrip', 'edit', 'rename'].includes(args[0])
runProgram(isOfDesigner ? 'packages/designer/bin/wf-designer.ts' : 'packages/orquesta/bin/wf.ts', args)
