/** Statuses of workflows and tasks. @source orquesta: orquesta/statuses.py */
export const STATUSES = [
  'null',
  'requested',
  'scheduled',
  'delayed',
  'running',
  'pending',
  'pausing',
  'paused',
  'resuming',
  'succeeded',
  'failed',
  'timeout',
  'abandoned',
  'retrying',
  'canceling',
  'canceled',
] as const

export type Status = (typeof STATUSES)[number]

/** Neither started nor asked for. Upstream writes it as this text. */
export const UNSET: Status = 'null'

export const STARTING: ReadonlySet<Status> = new Set(['requested', 'scheduled', 'delayed', 'running', 'pending'])
/** A workflow hands out tasks in these. */
export const RUNNING: ReadonlySet<Status> = new Set([
  'requested',
  'scheduled',
  'delayed',
  'running',
  'resuming',
  'retrying',
])
export const ACTIVE: ReadonlySet<Status> = new Set([
  'requested',
  'scheduled',
  'delayed',
  'running',
  'resuming',
  'pausing',
  'canceling',
])
export const PAUSE: ReadonlySet<Status> = new Set(['pausing', 'paused'])
export const CANCEL: ReadonlySet<Status> = new Set(['canceling', 'canceled'])
export const ABENDED: ReadonlySet<Status> = new Set(['failed', 'timeout', 'abandoned'])
export const COMPLETED: ReadonlySet<Status> = new Set(['succeeded', 'failed', 'timeout', 'abandoned', 'canceled'])

export function isStatus(value: unknown): value is Status {
  return STATUSES.some((status) => status === value)
}
