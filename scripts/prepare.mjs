// What npm start does before the server: installs what is missing and builds what changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { installWorkspace } from './testing/install-workspace.mjs'
import { repository, repositoryNode } from './testing/repository.mjs'

const OLDEST_NODE = 20

/** What is built before the start, each when one of its sources, or a package, changed. */
const BUILDS = [
  {
    name: 'the server',
    folder: join(repository, 'apps', 'server'),
    script: ['esbuild.config.ts'],
  },
  {
    name: 'the WebUI',
    folder: join(repository, 'apps', 'webui'),
    script: ['build.config.ts'],
  },
  {
    name: 'the command line',
    folder: join(repository, 'apps', 'cli'),
    script: ['esbuild.config.ts'],
  },
]
const NOT_SOURCES = new Set(['node_modules', 'dist', 'test', 'conformance'])

const major = Number(process.versions.node.split('.')[0])
if (major < OLDEST_NODE) fail(`Node ${OLDEST_NODE} or newer is needed to start; this is ${process.versions.node}`)

install()
for (const build of BUILDS) buildWhenChanged(build)

function install() {
  try {
    installWorkspace()
  } catch (error) {
    fail(`dependencies could not be installed: ${error.message}`)
  }
}

function buildWhenChanged({ name, folder, script }) {
  const stamp = join(folder, 'dist', '.built-from')
  const fingerprint = sourcesFingerprint(folder)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return
  console.log(`Building ${name} …`)
  step(repositoryNode, script, `${name} could not be built`, folder)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, fingerprint)
}

/** Names, sizes and times of all sources: cheap enough for every start. */
function sourcesFingerprint(folder) {
  const hash = createHash('sha256')
  const visit = (path) => {
    const stat = statSync(path)
    if (!stat.isDirectory()) hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`)
    else for (const name of readdirSync(path).sort()) if (!NOT_SOURCES.has(name)) visit(join(path, name))
  }
  for (const source of [folder, join(repository, 'packages'), join(repository, 'pnpm-lock.yaml')]) visit(source)
  return hash.digest('hex')
}

function step(command, args, problem, cwd = repository) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' })
  if (error !== undefined) fail(`${problem}: ${error.message}`)
  if (status !== 0) fail(problem)
}

function fail(text) {
  console.error(`st2: ${text}`)
  process.exit(1)
}
