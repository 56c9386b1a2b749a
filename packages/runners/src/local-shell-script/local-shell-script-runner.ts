import { access, chmod, constants, stat } from 'node:fs/promises'
import type { RunIo, RunOutcome, RunRequest, Runner } from '@st2/engine/runner'
import { InvalidError } from '@st2/model'
import { runShell } from '../local-shell/run-shell.ts'
import { optionalText, shellParameters } from '../local-shell/shell-parameters.ts'
import { addWorktree } from '../process/git-worktree.ts'
import { localShellScriptManifest } from './manifest.ts'
import { scriptArguments } from './script-arguments.ts'

/** Runs the action's own script on the machine the server runs on. */
export const localShellScriptRunner: Runner = {
  manifest: localShellScriptManifest,
  place: 'host',
  needsToken: true,
  async run(request, io, signal) {
    const { entry_point: script } = request
    if (script === null || script === '') throw new InvalidError('Missing entry_point action metadata attribute')
    const version = optionalText(request.runner_parameters, 'content_version')
    if (version === null) return runScript(script, request, io, signal)
    return runScriptAt({ script, version }, request, io, signal)
  },
}

async function runScript(script: string, request: RunRequest, io: RunIo, signal: AbortSignal): Promise<RunOutcome> {
  const parameters = shellParameters(request)
  const words = [script, ...scriptArguments(request, parameters.kwargOp)]
  await makeExecutable(script)
  return runShell({ request, parameters, command: RUN_WORDS, words }, io, signal)
}

/** `$0` is the script. The shell, not this program, tells what is wrong with it: exit codes 126 and 127. */
const RUN_WORDS = '"$0" "$@"'

async function runScriptAt(
  { script, version }: { script: string; version: string },
  request: RunRequest,
  io: RunIo,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const { execution_id: executionId, action, pack_path: packPath, limits } = request
  if (packPath === null) throw new InvalidError(`Parameter "content_version": pack "${action.pack}" is not on disk`)
  const worktree = await addWorktree(
    { executionId, pack: action.pack, packPath, version, graceMs: limits.kill_grace_ms },
    signal,
  )
  try {
    return await runScript(worktree.rebase(script), request, io, signal)
  } finally {
    if (request.runner_parameters['debug'] !== true) await worktree.remove()
  }
}

/** Scripts need not be executable in the pack. Where that cannot be changed (read-only, not ours) the shell says so. */
async function makeExecutable(script: string): Promise<void> {
  try {
    await access(script, constants.X_OK)
  } catch {
    await stat(script)
      .then(({ mode }) => chmod(script, mode | 0o111))
      .catch(() => undefined)
  }
}
