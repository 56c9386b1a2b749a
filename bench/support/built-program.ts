import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const BUILD = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))

const built = new Set<string>()

/** Builds a program that is not of the sources as they are. Once in a run: what is measured stays the same. */
export function buildProgram(name: 'server' | 'webui'): void {
  if (built.has(name)) return
  // What is printed is the figures.
  const { status } = spawnSync(process.execPath, [BUILD, name], { stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`${name} could not be built`)
  built.add(name)
}
