// Runs one installing step and shows what it prints.
import { spawnSync } from 'node:child_process'
import { repository } from './repository.mjs'

/** @throws when it cannot be started or does not end with 0 */
export function runToEnd(command, args, environment = {}, cwd = repository) {
  const { status, error, signal } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  })
  if (error) throw new Error(`${command} could not be started: ${error.message}`, { cause: error })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${signal ?? `exit code ${status}`}`)
}
