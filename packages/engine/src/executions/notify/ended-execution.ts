import type { CompletedStatus, ExecutionDocument, TraceContext } from '@st2/model'
import { isCompleted } from '@st2/model'
import { maskResult } from '../mask-result.ts'
import type { ResultStore } from '../result-store.ts'
import type { SnapshotStore } from '../snapshot-store.ts'

/** An execution that has ended, with what its events tell. */
export interface EndedExecution {
  readonly document: ExecutionDocument
  readonly status: CompletedStatus
  /** Secrets masked; a larger result than events may hold is replaced by the word that says so. */
  readonly result: unknown
  readonly traceContext: TraceContext | undefined
  /** ms since epoch; the same at every try. */
  readonly endedAt: number
}

export interface EndedDeps {
  readonly results: ResultStore
  readonly snapshots: SnapshotStore
  /** `[notifier] max_result_size`, bytes. */
  readonly maxResultSize: number
}

/** Null: it has not ended. */
export async function endedExecution(deps: EndedDeps, document: ExecutionDocument): Promise<EndedExecution | null> {
  const { status, end_timestamp } = document
  if (!isCompleted(status)) return null
  return {
    document,
    status,
    result: await resultForEvents(deps, document),
    traceContext: traceContextOf(document.context['trace_context']),
    endedAt: Date.parse(end_timestamp ?? document.start_timestamp),
  }
}

async function resultForEvents(deps: EndedDeps, document: ExecutionDocument): Promise<unknown> {
  const size = document.result_size ?? 0
  if (size > deps.maxResultSize) {
    return { message: `The result has ${size} bytes: more than events hold. It is in the execution.`, size }
  }
  const result = await deps.results.load(document)
  const action = await deps.snapshots.action(document.action_snapshot)
  return maskResult(result, action, await deps.snapshots.runner(document.runner_snapshot))
}

function traceContextOf(value: unknown): TraceContext | undefined {
  return typeof value === 'object' && value !== null ? value : undefined
}
