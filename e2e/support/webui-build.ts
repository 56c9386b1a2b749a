import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const BUILD = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))

/** Builds the WebUI unless it is of the sources as they are. */
export function buildWebui(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUILD, 'webui'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${stdout}${stderr}`)
}
