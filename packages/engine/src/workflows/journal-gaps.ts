import type { ExecutionDocument, WorkflowExecution } from '@st2/model'
import type { ExecutionStore } from '../executions/execution-store.ts'
import { type Children, isPrepared } from './children.ts'
import type { StartEffect } from './journal-rows.ts'
import { childId } from './workflow-ids.ts'

/** Executions read at once. */
const PAGE = 1000

export interface FoundChild {
  readonly action: string
  readonly child: ExecutionDocument
}

/**
 * Compares actions that run, by the journal, with the executions that are stored.
 *
 * @param starts what the journal decided and did not give up
 * @returns the executions that are there, and the starts that were decided and not carried out
 */
export async function compareRunning(
  executions: ExecutionStore,
  record: WorkflowExecution,
  running: readonly string[],
  starts: readonly StartEffect[],
): Promise<{ found: FoundChild[]; missing: StartEffect[] }> {
  const byAction = new Map(starts.map((start) => [start.id, start]))
  const ids = running.map((action) => childId(record, action))
  const stored = new Map<string, ExecutionDocument>()
  for (let from = 0; from < ids.length; from += PAGE) {
    for (const child of await executions.findByIds(ids.slice(from, from + PAGE))) stored.set(child.id, child)
  }
  const found: FoundChild[] = []
  const missing: StartEffect[] = []
  for (const [at, action] of running.entries()) {
    const child = stored.get(ids[at] ?? '')
    const start = byAction.get(action)
    if (child !== undefined) found.push({ action, child })
    else if (start !== undefined) missing.push(start)
  }
  return { found, missing }
}

/**
 * What ran at once is stored together with the row of its end, and being stopped between the two leaves the row alone. It had no
 * effect, so running it once more gives the same.
 *
 * @param ended actions that the last rows say are over
 */
export async function storeMissingEnds(
  executions: ExecutionStore,
  record: WorkflowExecution,
  children: Children,
  { starts, ended }: { readonly starts: readonly StartEffect[]; readonly ended: readonly string[] },
): Promise<void> {
  const ids = new Map(ended.map((action) => [childId(record, action), action]))
  if (ids.size === 0) return
  for (const { id } of await executions.findByIds([...ids.keys()])) ids.delete(id)
  const missing = new Set(ids.values())
  for (const start of starts.filter(({ id }) => missing.has(id))) {
    const child = await children.prepare(start)
    if (isPrepared(child) && child.isOver) await children.store([child.document])
  }
}
