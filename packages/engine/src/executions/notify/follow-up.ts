import { type ExecutionDocument, UnavailableError } from '@st2/model'
import { type DispatchDeps, storeEvents, type TriggerEvent } from '../../triggers/dispatch-trigger.ts'
import { ACTION_TRIGGER, NOTIFY_TRIGGER } from '../../triggers/internal-trigger-types.ts'
import { type ActionTriggerSettings, tellsActionTrigger } from '../execution-ends.ts'
import type { ExecutionStore } from '../execution-store.ts'
import { judgeRetry } from '../policies/judge-retry.ts'
import type { PolicyStore } from '../policies/policy-store.ts'
import { requestRetry, type RetryDeps } from '../policies/request-retry.ts'
import { actionTriggerEvent } from './action-trigger-event.ts'
import { type EndedDeps, endedExecution } from './ended-execution.ts'
import { type NotificationDeps, notificationEvents } from './notification-events.ts'

export interface FollowUpDeps extends EndedDeps, NotificationDeps, RetryDeps {
  readonly executions: ExecutionStore
  readonly policies: Pick<PolicyStore, 'book'>
  readonly triggerDeps: DispatchDeps
  readonly actionTrigger: ActionTriggerSettings
}

/**
 * Does what is left after executions ended: retries, notifications, the trigger that tells of them. Everything has an id that
 * follows from the execution, so that being stopped anywhere and done again stores it once; then the mark is taken away.
 */
export async function followUp(deps: FollowUpDeps, ended: readonly ExecutionDocument[]): Promise<void> {
  const events = await Promise.all(ended.map((document) => followUpOne(deps, document)))
  await storeAll(deps, events.flat())
  const marked = ended.filter(({ post_completion }) => post_completion !== undefined)
  await deps.executions.clearPostCompletion(marked.map(({ id }) => id))
}

async function followUpOne(deps: FollowUpDeps, document: ExecutionDocument): Promise<TriggerEvent[]> {
  const retry = judgeRetry(document, deps.policies.book.of(document.action_ref).retry)
  if (retry !== null) await alone(deps, document, () => requestRetry(deps, document, retry))
  const events = await alone(deps, document, () => eventsOf(deps, document))
  return events ?? []
}

async function eventsOf(deps: FollowUpDeps, document: ExecutionDocument): Promise<TriggerEvent[]> {
  const ended = await endedExecution(deps, document)
  if (ended === null) return []
  const notifications = document.notify === undefined ? [] : await notificationEvents(deps, ended)
  return tellsActionTrigger(deps.actionTrigger, document)
    ? [...notifications, actionTriggerEvent(ended)]
    : notifications
}

/** All of them in one write. Payloads are the platform's own: they are not held against a schema. */
async function storeAll({ triggerDeps }: FollowUpDeps, events: readonly TriggerEvent[]): Promise<void> {
  const found = await Promise.all([ACTION_TRIGGER, NOTIFY_TRIGGER].map((ref) => triggerDeps.triggers.findByRef(ref)))
  const byRef = new Map(found.flatMap((trigger) => (trigger === null ? [] : [[trigger.ref, trigger] as const])))
  const known = events.flatMap((event) => {
    const trigger = typeof event.trigger === 'string' ? byRef.get(event.trigger) : undefined
    return trigger === undefined ? [] : [{ trigger, event }]
  })
  if (known.length < events.length) {
    triggerDeps.log.warn({ count: events.length - known.length }, 'events were dropped: their trigger does not exist')
  }
  await storeEvents(triggerDeps, known)
}

/** What is wrong with one execution does not stop the others; a store that cannot write now does. */
async function alone<T>(deps: FollowUpDeps, document: ExecutionDocument, run: () => Promise<T>): Promise<T | null> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof UnavailableError) throw error
    deps.log.error({ err: error, execution_id: document.id }, 'what was to follow an execution could not be done')
    return null
  }
}
