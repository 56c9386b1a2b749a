import type { Runner } from '@st2/engine/runner'
import { InvalidError } from '@st2/model'
import { typeName } from '@st2/python-values'
import { runShell } from '../local-shell/run-shell.ts'
import { shellParameters } from '../local-shell/shell-parameters.ts'
import { localShellCmdManifest } from './manifest.ts'

/** Runs `cmd` with the shell of the machine the server runs on. */
export const localShellCmdRunner: Runner = {
  manifest: localShellCmdManifest,
  place: 'host',
  needsToken: true,
  async run(request, io, signal) {
    if (request.entry_point !== null) {
      throw new InvalidError('entry_point is only valid for the local-shell-script runner, this action names a command')
    }
    const command = commandOf(request.runner_parameters['cmd'])
    return runShell({ request, parameters: shellParameters(request), command, words: [] }, io, signal)
  },
}

function commandOf(value: unknown): string {
  if (value === null || value === undefined) throw new InvalidError('Parameter "cmd" is required')
  if (typeof value !== 'string') throw new InvalidError(`Parameter "cmd" must be a string, got ${typeName(value)}`)
  if (value.includes('\0')) throw new InvalidError('Parameter "cmd" must not hold a NUL character')
  return value
}
