import type { Execution, ExecutionRequestVerb, ExecutionStatus } from '@st2/model'
import { isCompleted, judgeRequest } from '@st2/model'
import type { IconName } from '../../ui/Icon.tsx'
import { isWorkflow } from '../../widgets/execution/runner-of.ts'

/** What can be asked for an execution that exists. */
export type ExecutionVerb = ExecutionRequestVerb | 'rerun'

export interface VerbLook {
  readonly word: string
  readonly icon: IconName
  readonly look: 'default' | 'danger'
  /** While it is being asked for. */
  readonly doing: string
  readonly done: string
}

export const VERBS: Readonly<Record<ExecutionVerb, VerbLook>> = {
  cancel: { word: 'Cancel', icon: 'stop', look: 'danger', doing: 'Canceling', done: 'canceled' },
  pause: { word: 'Pause', icon: 'pause', look: 'default', doing: 'Pausing', done: 'paused' },
  resume: { word: 'Resume', icon: 'play', look: 'default', doing: 'Resuming', done: 'resumed' },
  rerun: { word: 'Re-run', icon: 'rerun', look: 'default', doing: 'Re-running', done: 're-run' },
}

/** What keeps it from being done, in words, where the status alone does not say it. */
const REFUSALS: Readonly<Record<ExecutionRequestVerb, Readonly<Partial<Record<ExecutionStatus, string>>>>> = {
  cancel: {
    canceling: 'It is being canceled already.',
    pending: 'It waits for the answer to an inquiry and cannot be canceled.',
  },
  pause: {
    requested: 'It has not started yet.',
    scheduled: 'It has not started yet.',
    delayed: 'It has not started yet.',
    pending: 'It waits for the answer to an inquiry.',
    pausing: 'It pauses as soon as the tasks that run have ended.',
    paused: 'It is paused already.',
    resuming: 'It is being resumed.',
    canceling: 'It is being canceled.',
  },
  resume: {
    pausing: 'It pauses as soon as the tasks that run have ended.',
    resuming: 'It is being resumed already.',
    canceling: 'It is being canceled.',
  },
}

/** Why this cannot be asked for it now; undefined when it can. Whatever has run can be run again. */
export function refusalOf(
  verb: ExecutionVerb,
  execution: Pick<Execution, 'status' | 'runner' | 'action'>,
): string | undefined {
  const { status } = execution
  if (verb === 'rerun') return undefined
  if (verb !== 'cancel' && !isWorkflow(execution)) return `Only workflows can be ${VERBS[verb].done}.`
  if (judgeRequest(verb, status) === 'move') return undefined
  if (isCompleted(status)) return `It has already ended: ${status}.`
  return REFUSALS[verb][status] ?? 'It is not paused.'
}
