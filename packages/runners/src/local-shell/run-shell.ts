import type { RunIo, RunOutcome, RunRequest } from '@st2/engine/runner'
import { INHERITED_ENVIRONMENT } from '../process/inherited-environment.ts'
import { runSession } from '../process/run-session.ts'
import { signalThroughSudo } from '../process/sudo-signal.ts'
import { shellCommand, usesSudo } from './shell-command.ts'
import type { ShellParameters } from './shell-parameters.ts'
import { shellOutcome } from './shell-result.ts'

export interface ShellRun {
  readonly request: RunRequest
  readonly parameters: ShellParameters
  /** Text for the shell. */
  readonly command: string
  /** Its `$0`, `$1`, … */
  readonly words: readonly string[]
}

/** Environment: the server's, then the parameter `env`, then what names the execution. */
export async function runShell(
  { request, parameters, command, words }: ShellRun,
  io: RunIo,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const { password, privileges, timeoutSeconds } = parameters
  const end = await runSession(
    {
      ...shellCommand(command, words, privileges),
      executionId: request.execution_id,
      cwd: parameters.cwd,
      env: { ...INHERITED_ENVIRONMENT, ...parameters.env, ...request.env },
      stdin: password === null ? null : `${password}\n`,
      timeoutMs: timeoutSeconds * 1000,
      graceMs: request.limits.kill_grace_ms,
      maxOutputSize: request.limits.max_output_size,
      signalAsRoot: usesSudo(privileges) ? (pids, name) => signalThroughSudo(pids, name, password) : null,
      output: (type, text) => io.output(type, text),
    },
    signal,
  )
  return shellOutcome(end, { timeoutSeconds, usedPassword: password !== null })
}
