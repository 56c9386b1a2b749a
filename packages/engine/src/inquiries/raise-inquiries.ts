import { type ExecutionDocument, INQUIRER_RUNNER } from '@st2/model'
import { derivedId } from '../ports/derived-id.ts'
import { type DispatchDeps, dispatchTriggers, type TriggerEvent } from '../triggers/dispatch-trigger.ts'
import { INQUIRY_TRIGGER } from '../triggers/internal-trigger-types.ts'
import type { InquiryDeps } from './find-inquiry.ts'
import { termsOf } from './inquiry-view.ts'

export interface RaiseInquiriesDeps extends InquiryDeps {
  readonly triggerDeps: DispatchDeps
}

/**
 * Tells of inquiries that have begun to wait, by a trigger whose occurrence has an id that follows from the inquiry: told twice it
 * is there once.
 *
 * @returns how many, at most `limit`
 */
export async function raiseInquiries(deps: RaiseInquiriesDeps, limit: number): Promise<number> {
  const { executions, triggerDeps } = deps
  const untold = await executions.find({
    filter: [
      { field: 'status', op: 'eq', value: 'pending' },
      { field: 'runner', op: 'eq', value: INQUIRER_RUNNER },
      { field: 'due_at', op: 'lte', value: triggerDeps.clock.now() },
    ],
    order: [{ field: 'due_at', direction: 'asc' }],
    limit,
  })
  if (untold.length === 0) return 0
  await dispatchTriggers(triggerDeps, await Promise.all(untold.map((inquiry) => eventOf(deps, inquiry))))
  await executions.clearDue(
    untold.map(({ id }) => id),
    'pending',
  )
  return untold.length
}

async function eventOf({ results }: RaiseInquiriesDeps, inquiry: ExecutionDocument): Promise<TriggerEvent> {
  const { route } = termsOf(await results.load(inquiry))
  return {
    trigger: INQUIRY_TRIGGER,
    payload: { id: inquiry.id, route },
    id: derivedId(Date.parse(inquiry.start_timestamp), 'inquiry', inquiry.id),
  }
}
