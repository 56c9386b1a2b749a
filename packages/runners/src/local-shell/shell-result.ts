import { constants } from 'node:os'
import type { RunOutcome } from '@st2/engine/runner'
import type { SessionEnd } from '../process/run-session.ts'

export interface ShellResult {
  readonly failed: boolean
  readonly succeeded: boolean
  readonly return_code: number
  readonly stdout: unknown
  readonly stderr: unknown
  readonly error?: string
}

export interface Expected {
  readonly timeoutSeconds: number
  readonly usedPassword: boolean
}

/** What a shell command's end means to the user. @source packs-and-runners.md 4.1 */
export function shellOutcome(end: SessionEnd, expected: Expected): RunOutcome {
  const verdict = judge(end, expected)
  const succeeded = verdict.returnCode === 0
  const result: ShellResult = {
    failed: !succeeded,
    succeeded,
    return_code: verdict.returnCode,
    stdout: parseWhole(stripNewline(end.stdout)),
    stderr: parseWhole(stripNewline(end.stderr)),
    ...(verdict.error !== null && { error: verdict.error }),
  }
  return { status: end.reason === 'canceled' ? 'canceled' : statusOf(verdict.returnCode), result }
}

/** Exactly one final `\n`, then one final `\r`. */
export function stripNewline(text: string): string {
  return text.replace(/\n$/, '').replace(/\r$/, '')
}

/** The value when the entire text is JSON, the text otherwise. */
export function parseWhole(text: string): unknown {
  if (!JSON_START.test(text)) return text
  try {
    const value: unknown = JSON.parse(text)
    // A lone number that a double cannot hold would come back as another number.
    return typeof value === 'number' && !isExact(value, text) ? text : value
  } catch {
    return text
  }
}

/** `killed` is minus SIGKILL's number: a command that somebody killed counts as timed out, as upstream has it. */
const KILLED = -constants.signals.SIGKILL
const TERMINATED = -constants.signals.SIGTERM

const JSON_START = /^\s*["{[\dtfn-]/

const WRONG_PASSWORD = /sudo: \d+ incorrect password attempts?/
const ASKED_USER = /\[sudo\] password for (.+?):/

function judge(end: SessionEnd, expected: Expected): { returnCode: number; error: string | null } {
  if (end.reason !== 'canceled' && expected.usedPassword && WRONG_PASSWORD.test(end.stderr)) {
    const user = ASKED_USER.exec(end.stderr)?.[1] ?? 'unknown'
    return {
      returnCode: -1,
      error: `Invalid sudo password provided or sudo is not configured for this user (${user})`,
    }
  }
  if (end.reason === 'timeout' || (end.reason === 'ended' && end.returnCode === KILLED)) {
    return { returnCode: KILLED, error: `Action failed to complete in ${expected.timeoutSeconds} seconds` }
  }
  return { returnCode: end.returnCode, error: null }
}

function statusOf(returnCode: number): RunOutcome['status'] {
  if (returnCode === 0) return 'succeeded'
  if (returnCode === KILLED) return 'timeout'
  return returnCode === TERMINATED ? 'abandoned' : 'failed'
}

function isExact(value: number, text: string): boolean {
  return Number.isFinite(value) && (!/^\s*-?\d+\s*$/.test(text) || Number.isSafeInteger(value))
}
