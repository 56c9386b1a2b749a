// Builds programs whose sources changed: `node scripts/build.mjs server webui cli`; all of them where none is named.
import { buildPrograms } from './programs.mjs'

const names = process.argv.slice(2)
try {
  buildPrograms(names.length === 0 ? undefined : names)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
