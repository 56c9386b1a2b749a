import { type ExecutionDocument, type Inquiry, INQUIRER_RUNNER, InvalidError, NotFoundError } from '@st2/model'
import type { ExecutionStore } from '../executions/execution-store.ts'
import type { ResultStore } from '../executions/result-store.ts'
import type { Filter } from '../ports/store.ts'
import { isInquiry, viewInquiry } from './inquiry-view.ts'

export interface InquiryDeps {
  readonly executions: ExecutionStore
  readonly results: ResultStore
}

const OPEN: Filter = [
  { field: 'status', op: 'eq', value: 'pending' },
  { field: 'runner', op: 'eq', value: INQUIRER_RUNNER },
]

/** Inquiries that wait for a response, the oldest first. */
export async function listInquiries(
  { executions, results }: InquiryDeps,
  page: { readonly limit?: number | undefined; readonly offset?: number | undefined },
  maxRows: number,
): Promise<{ rows: Inquiry[]; total: number }> {
  const [total, found] = await Promise.all([
    executions.count(OPEN),
    executions.find({
      filter: OPEN,
      order: [{ field: 'start_timestamp', direction: 'asc' }],
      limit: page.limit ?? maxRows,
      offset: page.offset ?? 0,
    }),
  ])
  const rows = await Promise.all(found.map(async (execution) => viewInquiry(execution, await results.load(execution))))
  return { rows, total }
}

/** @throws NotFoundError, InvalidError with upstream's texts: it is no inquiry, or does not wait any more */
export async function findInquiry(deps: InquiryDeps, id: string): Promise<Inquiry> {
  const execution = await findOpenInquiry(deps, id)
  return viewInquiry(execution, await deps.results.load(execution))
}

/** The execution of an inquiry that waits for a response. */
export async function findOpenInquiry({ executions }: InquiryDeps, id: string): Promise<ExecutionDocument> {
  const execution = await executions.get(id)
  if (execution === null) throw new NotFoundError('The resource could not be found.')
  refuseUnlessOpen(execution)
  return execution
}

/** @source st2: st2common/st2common/services/inquiry.py check_inquiry */
export function refuseUnlessOpen(execution: ExecutionDocument): void {
  const { id, status } = execution
  if (!isInquiry(execution)) throw new InvalidError(`Action execution "${id}" is not an inquiry.`)
  if (status === 'timeout') throw new InvalidError(`Inquiry "${id}" timed out and cannot be responded to.`)
  if (status !== 'pending') throw new InvalidError(`Inquiry "${id}" has already been responded to.`)
}
