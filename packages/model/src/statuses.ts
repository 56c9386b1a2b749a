/**
 * The life of an execution as one table. Whoever moves, shows or offers a button for a status reads it here.
 *
 * @source st2: st2common/st2common/constants/action.py, st2common/st2common/services/action.py
 */
export const EXECUTION_STATUSES = [
  'requested',
  'scheduled',
  'delayed',
  'running',
  'succeeded',
  'failed',
  'timeout',
  'abandoned',
  'canceling',
  'canceled',
  'pending',
  'pausing',
  'paused',
  'resuming',
] as const

export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number]

export const COMPLETED_STATUSES = ['succeeded', 'failed', 'timeout', 'canceled', 'abandoned'] as const
export type CompletedStatus = (typeof COMPLETED_STATUSES)[number]

/** What `on-failure` notifications and retries call a failure. */
export const FAILED_STATUSES = ['failed', 'timeout', 'abandoned'] as const

/** Legal moves. A move that is not listed loses: the writer that asks for it is late. */
const MOVES: Readonly<Record<ExecutionStatus, readonly ExecutionStatus[]>> = {
  requested: ['scheduled', 'delayed', 'canceling', 'canceled', 'failed'],
  delayed: ['scheduled', 'requested', 'canceling', 'canceled', 'failed'],
  scheduled: ['running', 'canceling', 'canceled', 'failed'],
  running: ['succeeded', 'failed', 'timeout', 'abandoned', 'canceling', 'pausing', 'pending'],
  pending: ['succeeded', 'timeout', 'failed', 'canceled'],
  pausing: ['paused', 'canceling', 'canceled', 'succeeded', 'failed', 'timeout', 'abandoned'],
  paused: ['resuming', 'canceling', 'canceled'],
  resuming: ['running', 'canceling', 'canceled', 'failed', 'abandoned'],
  canceling: ['canceled'],
  succeeded: [],
  failed: [],
  timeout: [],
  canceled: [],
  abandoned: [],
}

export function canMove(from: ExecutionStatus, to: ExecutionStatus): boolean {
  return MOVES[from].includes(to)
}

export function isCompleted(status: ExecutionStatus): status is CompletedStatus {
  return (COMPLETED_STATUSES as readonly ExecutionStatus[]).includes(status)
}

export function isExecutionStatus(value: unknown): value is ExecutionStatus {
  return typeof value === 'string' && (EXECUTION_STATUSES as readonly string[]).includes(value)
}

export type ExecutionRequestVerb = 'cancel' | 'pause' | 'resume'

interface RequestRule {
  readonly from: readonly ExecutionStatus[]
  readonly settled: readonly ExecutionStatus[]
}

const REQUEST_RULES: Readonly<Record<ExecutionRequestVerb, RequestRule>> = {
  cancel: {
    from: ['requested', 'scheduled', 'delayed', 'running', 'pausing', 'paused', 'resuming'],
    settled: ['canceling', 'canceled'],
  },
  pause: { from: ['running'], settled: ['pausing', 'paused'] },
  resume: { from: ['paused'], settled: ['running', 'resuming'] },
}

/** Whether a user's request moves the execution, is already fulfilled, or must be refused. */
export function judgeRequest(verb: ExecutionRequestVerb, status: ExecutionStatus): 'move' | 'settled' | 'refuse' {
  const rule = REQUEST_RULES[verb]
  if (rule.settled.includes(status)) return 'settled'
  return rule.from.includes(status) ? 'move' : 'refuse'
}

export function isCancelable(status: ExecutionStatus): boolean {
  return judgeRequest('cancel', status) === 'move'
}
