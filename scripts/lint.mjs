// Checks format, lint, types, layers and dead code over the whole tree; exit code 1 when one of them fails. `npm run lint -- layers` runs only that one.
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { repository, repositoryNode, repositoryPath } from './testing/repository.mjs'

const tool = (name) => join(repository, 'node_modules/.bin', name)
const typeScriptProjects = ['tsconfig.json', 'apps/webui/tsconfig.json']

/** Commands of a section all run; the section passes when all of them do. */
const sections = [
  { name: 'format', commands: () => [[tool('biome'), 'format', '.']] },
  { name: 'lint', commands: () => [[tool('oxlint'), '--type-aware', '--deny-warnings', '-c', '.oxlintrc.json', '.']] },
  { name: 'types', commands: () => existing(typeScriptProjects).map((file) => [tool('tsc'), '--noEmit', '-p', file]) },
  { name: 'layers', commands: () => [[repositoryNode, 'scripts/layers/main.ts']] },
  {
    name: 'dead-code',
    commands: () => [[tool('knip'), '-c', 'scripts/knip.json', '--no-progress', '--no-config-hints']],
  },
]

const { values, positionals } = parseArgs({ options: { report: { type: 'string' } }, allowPositionals: true })
const results = chosen(positionals).map(check)
console.log('')
for (const { name, passed, seconds } of results)
  console.log(`${name}: ${passed ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s`)
if (values.report !== undefined) writeFileSync(values.report, JSON.stringify({ sections: results }))
process.exitCode = results.length > 0 && results.every((result) => result.passed) ? 0 : 1

function chosen(names) {
  const unknown = names.filter((name) => !sections.some((section) => section.name === name))
  if (unknown.length > 0) {
    console.error(`no section ${unknown.join(', ')}; there are: ${sections.map((section) => section.name).join(', ')}`)
    return []
  }
  return names.length === 0 ? sections : sections.filter((section) => names.includes(section.name))
}

function check({ name, commands }) {
  console.log(`\n## ${name}`)
  const started = Date.now()
  const passed = commands().map(succeeds).every(Boolean)
  return { name, passed, seconds: (Date.now() - started) / 1000 }
}

function succeeds([file, ...args]) {
  const env = { ...process.env, PATH: repositoryPath() }
  const { status, error } = spawnSync(file, args, { cwd: repository, env, stdio: ['ignore', 'inherit', 'inherit'] })
  if (error) console.error(`${file} could not be started: ${error.message}`)
  return status === 0
}

function existing(files) {
  return files.filter((file) => existsSync(join(repository, file)))
}
