// Installs the packages of the workspace, with the one version of pnpm that wrote the lockfile.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './repository.mjs'
import { runToEnd } from './run-to-end.mjs'

// Not in package.json as `packageManager`: pnpm then wants itself in the lockfile and refuses a frozen one without.
const pnpm = 'pnpm@12.21.0'

/** Does nothing when what is installed is what the lockfile says. */
export function installWorkspace() {
  if (isWorkspaceInstalled(repository)) return
  console.log('installing the workspace')
  // CI: pnpm asks no questions.
  runToEnd('npx', ['-y', pnpm, 'install', '--frozen-lockfile'], { CI: 'true' })
}

/** pnpm keeps the lockfile it installed beside what it installed. */
export function isWorkspaceInstalled(root) {
  const installed = join(root, 'node_modules/.pnpm/lock.yaml')
  if (!existsSync(installed)) return false
  return readFileSync(installed, 'utf8') === readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')
}
