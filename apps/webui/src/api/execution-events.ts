import type { List } from '@st2/client'
import { type Execution, STREAM_EVENTS } from '@st2/model'
import { type HistoryFilters, matchesFilters } from './execution-filters.ts'

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

export interface ListContext {
  readonly filters: HistoryFilters
  readonly limit: number
  readonly nowMs: number
}

/**
 * A page of the history after an event. An execution enters only when the filters let it in and the page is the first;
 * one that no longer matches leaves. The same list comes back when nothing changed.
 */
export function applyToPage(page: List<Execution>, event: ExecutionEvent, context: ListContext): List<Execution> {
  const { execution } = event
  const index = page.items.findIndex((item) => item.id === execution.id)
  const belongs = event.kind !== 'delete' && matchesFilters(execution, context.filters, context.nowMs)
  if (index >= 0 && belongs) return { ...page, items: page.items.with(index, execution) }
  if (index >= 0) return { ...page, items: page.items.toSpliced(index, 1), total: shifted(page.total, -1) }
  if (!belongs) return page
  const total = event.kind === 'create' ? shifted(page.total, 1) : page.total
  if (context.filters.page > 1) return total === page.total ? page : { ...page, total }
  const items = insertNewestFirst(page.items, execution)
  return { ...page, items: items.slice(0, context.limit), total }
}

/** Executions that enter by an update (their status came to match) change a total that nobody counted: ask again. */
export function makesTotalUncertain(page: List<Execution>, event: ExecutionEvent, context: ListContext): boolean {
  if (event.kind !== 'update' || context.filters.status.length === 0) return false
  return !page.items.some((item) => item.id === event.execution.id)
}

function shifted(total: number | null, by: number): number | null {
  return total === null ? null : Math.max(0, total + by)
}

function insertNewestFirst(items: readonly Execution[], execution: Execution): Execution[] {
  const at = items.findIndex((item) => item.start_timestamp < execution.start_timestamp)
  return at < 0 ? [...items, execution] : items.toSpliced(at, 0, execution)
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
