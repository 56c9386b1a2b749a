import { type ExecutionDocument, isCompleted } from '@st2/model'
import type { Log } from '../ports/log.ts'
import type { ExecutionEnds } from './execution-store.ts'
import type { EndedInbox } from './notify/ended-inbox.ts'
import { sectionsFor } from './notify/notify-settings.ts'
import { judgeRetry } from './policies/judge-retry.ts'
import type { PolicyStore } from './policies/policy-store.ts'
import type { PolicySlotStore } from './policies/slot-store.ts'

export interface ExecutionEndsDeps {
  readonly policies: Pick<PolicyStore, 'book'>
  readonly slots: PolicySlotStore
  readonly actionTrigger: ActionTriggerSettings
  /** Slots of these queues became free. */
  readonly wakeScheduler: (freed: readonly string[]) => void
  readonly inbox: EndedInbox
  /** Of what the inbox of this process did not take. */
  readonly wakeNotifier: () => void
  /** Told of what workflows wait for. */
  readonly workflowInbox: { put(document: ExecutionDocument): void }
  /** Told of every new status. */
  readonly moved?: (document: ExecutionDocument) => void
  readonly log: Log
}

export interface ActionTriggerSettings {
  /** `[action_sensor] enable` */
  readonly isEnabled: boolean
  /** `[action_sensor] emit_when` */
  readonly statuses: readonly string[]
  /** False only when it is certain that no enabled rule listens to the trigger now. */
  readonly mayMatch: () => boolean
}

/** What the features make of the end of an execution. */
export function executionEnds(deps: ExecutionEndsDeps): ExecutionEnds {
  const { actionTrigger, inbox, policies } = deps
  return {
    leavesWork: (ended) =>
      (tellsActionTrigger(actionTrigger, ended) && (actionTrigger.mayMatch() || !inbox.takesMore)) ||
      (isCompleted(ended.status) && sectionsFor(ended.status, ended.notify).length > 0) ||
      judgeRetry(ended, policies.book.of(ended.action_ref).retry) !== null,
    moved(document) {
      deps.workflowInbox.put(document)
      deps.moved?.(document)
    },
    ended(document) {
      const isMarked = document.post_completion !== undefined
      if (isMarked || tellsActionTrigger(actionTrigger, document)) {
        const isTaken = inbox.put(document)
        if (isMarked && !isTaken) deps.wakeNotifier()
      }
      if (policies.book.isLimited(document.action_ref)) giveBackSlots(deps, document)
    },
  }
}

export function tellsActionTrigger({ isEnabled, statuses }: ActionTriggerSettings, ended: ExecutionDocument): boolean {
  return isEnabled && statuses.includes(ended.status)
}

/** What is not given back now is found by the scheduler's sweep. */
function giveBackSlots(deps: ExecutionEndsDeps, document: ExecutionDocument): void {
  deps.slots.release(document.id).then(
    (freed) => {
      if (freed.length > 0) deps.wakeScheduler(freed)
    },
    (err: unknown) => deps.log.warn({ err, execution_id: document.id }, 'slots of a policy were not given back yet'),
  )
}
