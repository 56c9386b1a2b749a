// The programs that users start are bundles of the sources. Each is built when one of its sources, or a package, changed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repository, repositoryNode } from './testing/repository.mjs'
import { runToEnd } from './testing/run-to-end.mjs'

const PROGRAMS = {
  server: { name: 'the server', folder: join(repository, 'apps', 'server'), script: 'esbuild.config.ts' },
  webui: { name: 'the WebUI', folder: join(repository, 'apps', 'webui'), script: 'build.config.ts' },
  cli: { name: 'the command line', folder: join(repository, 'apps', 'cli'), script: 'esbuild.config.ts' },
}
const NOT_SOURCES = new Set(['node_modules', 'dist', 'test', 'conformance'])

/** What `npm start` starts. */
export const builtServer = join(repository, 'apps/server/dist/main.mjs')

/** @throws naming what could not be built */
export function buildPrograms(names = Object.keys(PROGRAMS)) {
  const unknown = names.find((name) => !Object.hasOwn(PROGRAMS, name))
  if (unknown !== undefined) throw new Error(`no program ${unknown}; there are: ${Object.keys(PROGRAMS).join(', ')}`)
  for (const name of names) buildWhenChanged(PROGRAMS[name])
}

function buildWhenChanged({ name, folder, script }) {
  const stamp = join(folder, 'dist', '.built-from')
  const fingerprint = sourcesFingerprint(folder)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return
  console.log(`Building ${name} …`)
  try {
    // Tests run with NODE_ENV=test; what users get is built for production.
    runToEnd(repositoryNode, [script], { NODE_ENV: 'production' }, folder)
  } catch (error) {
    throw new Error(`${name} could not be built: ${error.message}`, { cause: error })
  }
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
