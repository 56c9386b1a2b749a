import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const WEBUI_FOLDER = fileURLToPath(new URL('../../apps/webui', import.meta.url))

/** As it ships: the server delivers what is built last. */
export function buildWebui(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['build.config.ts'], {
    cwd: WEBUI_FOLDER,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status !== 0) throw new Error(`the WebUI could not be built:\n${stdout}${stderr}`)
}
