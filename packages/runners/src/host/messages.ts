import type { RunOutcome, RunRequest } from '@st2/engine/runner'
import { FrameError } from './frames.ts'

/** What the server says to its runner host. `run` numbers are unique for one host. */
export type ServerMessage =
  | { readonly type: 'run'; readonly run: number; readonly request: RunRequest }
  | { readonly type: 'cancel'; readonly run: number }

/** What the host says back. */
export type HostMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'output'; readonly run: number; readonly stream: OutputStream; readonly data: string }
  | { readonly type: 'end'; readonly run: number; readonly outcome: RunOutcome }

export type OutputStream = 'stdout' | 'stderr' | 'output'

/** Argument of a host that only loads its code and ends, so that the code cache is filled. */
export const WARM_UP = 'warm-up'

/** Where Node keeps stripped and compiled code. The host takes it out of its environment: actions are not to see it. */
export const CODE_CACHE_VARIABLE = 'NODE_COMPILE_CACHE'

/** Handed to the host as its only argument, as JSON. */
export interface HostSettings {
  readonly dataDir: string
  readonly instance: string
  readonly epoch: number
}

const OUTPUT_STREAMS = ['stdout', 'stderr', 'output'] as const
const OUTCOME_STATUSES = ['succeeded', 'failed', 'timeout', 'abandoned', 'canceled'] as const

/** @throws FrameError: a host that says anything else is not to be trusted with processes */
export function parseHostMessage(value: unknown): HostMessage {
  const message = fieldsOf(value)
  switch (message['type']) {
    case 'ready':
      return { type: 'ready' }
    case 'output':
      return { type: 'output', run: runOf(message), stream: streamOf(message['stream']), data: textOf(message['data']) }
    case 'end':
      return { type: 'end', run: runOf(message), outcome: outcomeOf(message['outcome']) }
    default:
      throw new FrameError(`Unknown message type ${JSON.stringify(message['type'])}`)
  }
}

/** The server is the same program: its requests are checked for their kind, not field by field. */
export function parseServerMessage(value: unknown): ServerMessage {
  const message = fieldsOf(value)
  if (message['type'] === 'cancel') return { type: 'cancel', run: runOf(message) }
  if (message['type'] !== 'run') throw new FrameError(`Unknown message type ${JSON.stringify(message['type'])}`)
  return { type: 'run', run: runOf(message), request: requestOf(message['request']) }
}

function requestOf(value: unknown): RunRequest {
  if (!isRequest(value)) throw new FrameError('A run message holds no request')
  return value
}

function isRequest(value: unknown): value is RunRequest {
  const fields = fieldsOf(value)
  return typeof fields['runner'] === 'string' && typeof fields['execution_id'] === 'string'
}

function outcomeOf(value: unknown): RunOutcome {
  const { status, result } = fieldsOf(value)
  const known = OUTCOME_STATUSES.find((name) => name === status)
  if (known === undefined) throw new FrameError(`Unknown outcome status ${JSON.stringify(status)}`)
  return { status: known, result }
}

function streamOf(value: unknown): OutputStream {
  const known = OUTPUT_STREAMS.find((name) => name === value)
  if (known === undefined) throw new FrameError(`Unknown output stream ${JSON.stringify(value)}`)
  return known
}

function runOf(message: Record<string, unknown>): number {
  const { run } = message
  if (typeof run !== 'number') throw new FrameError('A message without a run number')
  return run
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new FrameError('An output message without text')
  return value
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new FrameError('A message that is no object')
  return { ...value }
}
