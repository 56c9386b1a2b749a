import { INQUIRER_RUNNER, type ExecutionDocument } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { InquiryDeps } from './find-inquiry.ts'
import { termsOf } from './inquiry-view.ts'
import { resumeAbove } from './resume-above.ts'

export interface ExpireInquiriesDeps extends InquiryDeps {
  readonly clock: Clock
  /** In whose name workflows go on. */
  readonly systemUser: string
}

/** Inquiries read at once. */
const PAGE = 200
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
  for (let after = ''; !signal.aborted; ) {
    const page = await openAfter(deps, after)
    for (const inquiry of page) if (await expireOne(deps, inquiry)) count++
    if (page.length < PAGE) return count
    after = page.at(-1)?.id ?? after
  }
  return count
}

function openAfter({ executions }: ExpireInquiriesDeps, after: string): Promise<ExecutionDocument[]> {
  return executions.find({
    filter: [
      { field: 'status', op: 'eq', value: 'pending' },
      { field: 'runner', op: 'eq', value: INQUIRER_RUNNER },
      { field: 'id', op: 'gt', value: after },
    ],
    limit: PAGE,
  })
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
