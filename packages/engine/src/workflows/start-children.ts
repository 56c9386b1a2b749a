import type { ExecutionDocument } from '@st2/model'
import { storedResult } from '../executions/result-store.ts'
import type { AwaitedChildren } from './awaited-children.ts'
import { type Children, isPrepared, type PreparedChild, type RefusedChild } from './children.ts'
import type { Occurrence } from './decisions.ts'
import type { StartEffect } from './journal-rows.ts'

/** What became of starts. */
export interface Started {
  /** What the workflow learns at once: of what was refused, and of what is over already. */
  readonly occurrences: readonly Occurrence[]
  /** Whether something runs, or waits to. */
  readonly hasUnderWay: boolean
}

/** Makes executions of what was decided and stores them. One that is awaited before it is stored is not missed when it ends at once. */
export async function startChildren(
  children: Children,
  awaited: AwaitedChildren,
  starts: readonly StartEffect[],
): Promise<Started> {
  const prepared = await Promise.all(starts.map((start) => children.prepare(start)))
  const documents: ExecutionDocument[] = []
  for (const child of prepared) {
    if (!isPrepared(child) || child.isOver) continue
    awaited.add(child.document.id, child.start.id)
    documents.push(child.document)
  }
  await children.store(documents)
  return { occurrences: prepared.flatMap(learntAtOnce), hasUnderWay: documents.length > 0 }
}

function learntAtOnce(child: PreparedChild | RefusedChild): Occurrence[] {
  if (!isPrepared(child)) return [{ type: 'fault', start: child.start, message: child.message }]
  if (!child.isOver) return []
  const { start, document } = child
  const { status } = document
  return [{ type: 'action', id: start.id, status, result: storedResult(document), finished: document, start }]
}
