import { CHAIN_RUNNER, type ExecutionDocument, isCompleted } from '@st2/model'
import type { ExecutionStore } from '../executions/execution-store.ts'

/** Levels of workflows above an inquiry that are looked at. */
const MAX_LEVELS = 100

/**
 * What paused because of an inquiry goes on when that is over: the workflow that asked, and for a chain the outermost execution.
 * What runs needs nothing: it learns of the end as of any other.
 *
 * @source packs-and-runners.md 7
 */
export async function resumeAbove(
  { executions }: { readonly executions: ExecutionStore },
  inquiry: ExecutionDocument,
  user: string,
): Promise<void> {
  const parent = inquiry.parent === undefined ? null : await executions.get(inquiry.parent)
  if (parent === null) return
  const target = parent.runner_name === CHAIN_RUNNER ? await outermost(executions, parent) : parent
  await executions.change(target.id, (current) =>
    !isCompleted(current.status) && (current.status === 'paused' || current.status === 'pausing')
      ? { status: 'resuming', context: { ...current.context, resumed_by: user } }
      : null,
  )
}

async function outermost(executions: ExecutionStore, from: ExecutionDocument): Promise<ExecutionDocument> {
  let current = from
  for (let level = 0; level < MAX_LEVELS && current.parent !== undefined; level++) {
    const above = await executions.get(current.parent)
    if (above === null) return current
    current = above
  }
  return current
}
