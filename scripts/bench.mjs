// Runs a benchmark: `npm run bench -- NAME --json` runs bench/NAME.ts; without a name it lists them.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { installWorkspace } from './testing/install-workspace.mjs'
import { needsEnvironment, provide } from './testing/needs.mjs'
import { repository, repositoryNode, repositoryPath } from './testing/repository.mjs'

const [name, ...args] = process.argv.slice(2)
const names = benchmarkNames()

if (name === undefined) {
  console.log(`usage: npm run bench -- NAME [--json]\nbenchmarks: ${names.join(', ') || 'none'}`)
} else if (names.includes(name)) {
  installWorkspace()
  provideReference()
  run(join(repository, 'bench', `${name}.ts`))
} else {
  console.error(`no benchmark ${name}; there are: ${names.join(', ') || 'none'}`)
  process.exitCode = 1
}

/** Files directly in bench/; what benchmarks share lies in folders below it. */
function benchmarkNames() {
  return readdirSync(join(repository, 'bench'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[a-z0-9-]+\.ts$/.test(entry.name))
    .map((entry) => entry.name.replace(/\.ts$/, ''))
    .toSorted()
}

/** What `--on reference` stands on. */
function provideReference() {
  if (!args.some((arg) => /^(?:--on=)?(?:reference|both)$/.test(arg))) return
  for (const [need, reason] of provide(['redis', 'rabbitmq', 'mongodb stand-in'])) throw new Error(`${need}: ${reason}`)
}

function run(file) {
  const child = spawn(repositoryNode, [file, ...args], {
    stdio: 'inherit',
    env: { ST2_MONGODB_STAND_IN: needsEnvironment().ST2_MONGODB_STAND_IN, ...process.env, PATH: repositoryPath() },
  })
  // A terminal's Ctrl-C reaches the benchmark by itself; it ends first and sets the exit code.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.once('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
