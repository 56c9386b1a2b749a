// Runs a package's program on the repository's own Node, installing the workspace first when that was not done.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { isWorkspaceInstalled } from './install-workspace.mjs'
import { repository, repositoryNode } from './repository.mjs'

export function runProgram(file, args = []) {
  if (!isWorkspaceInstalled(repository)) install()
  const child = spawn(repositoryNode, [join(repository, file), ...args], { stdio: 'inherit' })
  // A terminal's Ctrl-C reaches the program by itself; it ends first and sets the exit code.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.once('exit', (code) => {
    process.exitCode = code ?? 1
  })
}

/** In a process of its own, whose words go where mistakes go: answers alone stand on stdout. */
function install() {
  const installer = new URL('install-workspace.mjs', import.meta.url).href
  const code = `import { installWorkspace } from ${JSON.stringify(installer)}; installWorkspace()`
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(status ?? 1)
}
