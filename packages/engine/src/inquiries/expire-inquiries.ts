import { INQUIRER_RUNNER, type ExecutionDocument } from '@st2/model'
import { eachExecution } from '../executions/each-execution.ts'
import type { Clock } from '../ports/clock.ts'
import type { Filter } from '../ports/store.ts'
import type { InquiryDeps } from './find-inquiry.ts'
import { termsOf } from './inquiry-view.ts'
import { resumeAbove } from './resume-above.ts'

export interface ExpireInquiriesDeps extends InquiryDeps {
  readonly clock: Clock
  /** In whose name workflows go on. */
  readonly systemUser: string
}

const OPEN: Filter = [
  { field: 'status', op: 'eq', value: 'pending' },
  { field: 'runner', op: 'eq', value: INQUIRER_RUNNER },
]
const MINUTE_MS = 60_000

/**
 * Ends inquiries that nobody answered in time: `timeout`, with what was asked in their results. Whole minutes count, and more
 * of them than the time to live.
 *
 * @returns how many
 * @source services.md 7
 */
export async function expireInquiries(deps: ExpireInquiriesDeps, signal: AbortSignal): Promise<number> {
  let count = 0
  for await (const inquiry of eachExecution(deps.executions, OPEN)) {
    if (signal.aborted) break
    if (await expireOne(deps, inquiry)) count++
  }
  return count
}

async function expireOne(deps: ExpireInquiriesDeps, inquiry: ExecutionDocument): Promise<boolean> {
  const { ttl } = termsOf(await deps.results.load(inquiry))
  if (typeof ttl !== 'number' || ttl <= 0) return false
  const minutes = Math.floor((deps.clock.now() - Date.parse(inquiry.start_timestamp)) / MINUTE_MS)
  if (minutes <= ttl) return false
  await resumeAbove(deps, inquiry, deps.systemUser)
  const changed = await deps.executions.change(
    inquiry.id,
    ({ status }) => (status === 'pending' ? { status: 'timeout' } : null),
    inquiry,
  )
  return changed?.status === 'timeout'
}
