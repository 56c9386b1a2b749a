import { type ExecutionVerb, VERBS } from '../execution-requests.ts'
import { type Hold, phaseOf, type QueueState } from './request-queue.ts'

/** An execution that something is asked for. */
export interface Target {
  readonly id: string
  readonly ref: string
}

/** The same asked for many. */
export interface BulkJob {
  readonly verb: ExecutionVerb
  readonly queue: QueueState<Target>
}

const HOLDS: Readonly<Record<Hold, string>> = {
  unauthorized: 'Your session has ended',
  unanswered: 'The server does not answer',
}

/** `12 re-run, 2 failed, 3 not sent` */
export function summaryText({ verb, queue }: BulkJob): string {
  const { done, failures, unsent } = queue
  return [
    `${done.length === 0 ? 'None' : counted(done.length)} ${VERBS[verb].done}`,
    ...(failures.length > 0 ? [`${counted(failures.length)} failed`] : []),
    ...(unsent.length > 0 ? [`${counted(unsent.length)} not sent`] : []),
  ].join(', ')
}

export function isWholeSuccess({ queue }: BulkJob): boolean {
  return queue.failures.length === 0 && queue.unsent.length === 0
}

/** Says how it stands, and the same while it only advances: it is read out. */
export function stateText(job: BulkJob): string {
  const { verb, queue } = job
  switch (phaseOf(queue)) {
    case 'running':
      return `${VERBS[verb].doing} ${executions(queue.total)}`
    case 'stopping':
      return 'Waiting for what was sent'
    case 'held':
      return heldText(job)
    case 'over':
      return summaryText(job)
  }
}

export function heldText({ queue }: BulkJob): string {
  return `${HOLDS[queue.hold ?? 'unanswered']}: ${counted(queue.waiting.length)} of ${counted(queue.total)} left.`
}

export function executions(count: number): string {
  return count === 1 ? '1 execution' : `${counted(count)} executions`
}

export function counted(count: number): string {
  return count.toLocaleString('en')
}
