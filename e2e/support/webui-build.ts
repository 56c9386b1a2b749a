import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const webui = join(repository, 'apps/webui')
const SOURCES = [
  webui,
  ...['client', 'designer', 'expressions', 'model', 'orquesta', 'python-values', 'schema', 'yaml'].map((name) =>
    join(repository, 'packages', name),
  ),
]
const NOT_SOURCES = new Set(['node_modules', 'dist', 'test'])

/** Builds the WebUI when one of its sources is newer than what was built. */
export function buildWebui(): void {
  if (builtAt() > Math.max(...SOURCES.map(newest))) return
  const { status, stdout, stderr } = spawnSync(process.execPath, ['build.config.ts'], {
    cwd: webui,
    encoding: 'utf8',
    // Tests run with NODE_ENV=test; what users get is built for production.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status !== 0) throw new Error(`the WebUI could not be built:\n${stdout}${stderr}`)
}

function builtAt(): number {
  return statSync(join(webui, 'dist/index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function newest(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  const names = readdirSync(path).filter((name) => !NOT_SOURCES.has(name))
  return Math.max(0, ...names.map((name) => newest(join(path, name))))
}
