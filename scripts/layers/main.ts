/** Checks the layer rules over this repository: one line per violation, exit code 1 when there is any. */
import { join } from 'node:path'
import { checkLayers } from './check-layers.ts'

const report = await checkLayers(join(import.meta.dirname, '..', '..'))
for (const violation of report.violations) console.log(`${violation.file}: ${violation.rule}: ${violation.detail}`)
console.log(`${report.files} files, ${report.violations.length} violations`)
process.exitCode = report.violations.length === 0 ? 0 : 1
