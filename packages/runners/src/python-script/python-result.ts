import { constants } from 'node:os'
import type { RunOutcome } from '@st2/engine/runner'
import { InvalidError } from '@st2/model'
import type { SessionEnd } from '../process/run-session.ts'

export interface PythonResult {
  readonly stdout: string
  readonly stderr: string
  readonly exit_code: number
  /** The text `None` when the action returned nothing that could be read. */
  readonly result: unknown
  readonly error?: string
}

/**
 * What the end of a Python action means to the user.
 *
 * @param output `{"result": …, "status": true | false | null}`, null when the process sent none
 * @throws InvalidError for a status that is neither True nor False
 * @source packs-and-runners.md 4.3
 */
export function pythonOutcome(end: SessionEnd, output: Buffer | null, timeoutSeconds: number): RunOutcome {
  if (end.reason === 'ended' && end.returnCode === INVALID_STATUS_EXIT_CODE) throw new InvalidError(end.stderr)
  const { result, status } = readOutput(output)
  const timedOut = end.reason === 'timeout'
  const exitCode = timedOut ? KILLED : end.returnCode
  const value: PythonResult = {
    stdout: end.stdout,
    stderr: end.stderr,
    exit_code: exitCode,
    result,
    ...(timedOut && { error: `Action failed to complete in ${timeoutSeconds} seconds` }),
  }
  if (end.reason !== 'ended') return { status: end.reason, result: value }
  return { status: exitCode === 0 && status !== false ? 'succeeded' : 'failed', result: value }
}

/** With it the Python side ends when `run` returned a pair whose first item is no status. */
const INVALID_STATUS_EXIT_CODE = 220

const KILLED = -constants.signals.SIGKILL

function readOutput(output: Buffer | null): { result: unknown; status: boolean | null } {
  if (output === null) return { result: 'None', status: null }
  const parsed: { result: unknown; status: boolean | null } = JSON.parse(output.toString('utf8'))
  return parsed
}
