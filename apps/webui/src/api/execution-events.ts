import type { List } from '@st2/client'
import { type Execution, STREAM_EVENTS } from '@st2/model'

/** What the stream tells about one execution. */
export interface ExecutionEvent {
  readonly kind: 'create' | 'update' | 'delete'
  readonly execution: Execution
}

const KINDS: Readonly<Record<string, ExecutionEvent['kind']>> = {
  [STREAM_EVENTS.executionCreate]: 'create',
  [STREAM_EVENTS.executionUpdate]: 'update',
  [STREAM_EVENTS.executionDelete]: 'delete',
}

export const EXECUTION_EVENT_NAMES = Object.keys(KINDS)

export function readExecutionEvent(name: string, data: unknown): ExecutionEvent | null {
  const kind = KINDS[name]
  return kind === undefined || !isExecution(data) ? null : { kind, execution: data }
}

function isExecution(data: unknown): data is Execution {
  return typeof data === 'object' && data !== null && 'id' in data && 'status' in data && 'start_timestamp' in data
}

/** Children of one parent, oldest first, in pages. */
export function applyToChildren(
  pages: readonly List<Execution>[],
  event: ExecutionEvent,
  isComplete: boolean,
): readonly List<Execution>[] {
  const { execution } = event
  const at = pages.findIndex((page) => page.items.some((item) => item.id === execution.id))
  if (at >= 0)
    return pages.map((page, index) => {
      if (index !== at) return page
      const items = page.items.flatMap((item) =>
        item.id !== execution.id ? [item] : event.kind === 'delete' ? [] : [execution],
      )
      return { ...page, items }
    })
  const last = pages.at(-1)
  if (event.kind === 'delete' || last === undefined) return pages
  const grown = { ...last, items: isComplete ? [...last.items, execution] : last.items, total: shifted(last.total, 1) }
  return [...pages.slice(0, -1), grown]
}

/** Of two records of one execution the one that knows more: a slow answer must not undo what the stream told. */
export function newerOf(first: Execution, second: Execution): Execution {
  const known = (execution: Execution) =>
    (execution.log?.length ?? 0) + (execution.end_timestamp === undefined ? 0 : 1000)
  return known(second) >= known(first) ? second : first
}

/** What is known of one execution after an event that may tell a part of it. */
export function progressed(known: Execution, { execution }: ExecutionEvent): Execution {
  if (newerOf(known, execution) === known) return known
  const { status, log, end_timestamp, elapsed_seconds, result_size } = execution
  const told = Object.entries({ status, log, end_timestamp, elapsed_seconds, result_size })
  return { ...known, ...Object.fromEntries(told.filter(([, value]) => value !== undefined)) }
}

/** A total that one more or less is counted in; unknown stays unknown. */
export function shifted(total: number | null, by: number): number | null {
  return total === null ? null : Math.max(0, total + by)
}
