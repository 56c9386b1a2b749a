import type { List } from '@st2/client'
import { type Execution, isCompleted } from '@st2/model'
import { type ExecutionEvent, shifted } from './execution-events.ts'
import type { HistoryFilters } from './execution-filters.ts'
import { matchesFilters } from './execution-match.ts'

/** A page of the history as it is shown. */
export interface ExecutionPage extends List<Execution> {
  /** Somebody reads further down: rows keep their places, and what is new waits. */
  readonly isHeld: boolean
  /** New ones that are not among the rows, newest first; at most as many as the page has room for. */
  readonly waiting: readonly Execution[]
}

export interface ListContext {
  readonly filters: HistoryFilters
  readonly limit: number
  readonly nowMs: number
}

/** The page after an answer: while it is held, rows that newer ones pushed off its end stay. */
export function afterAnswer(known: ExecutionPage | undefined, answer: List<Execution>, limit: number): ExecutionPage {
  if (known?.isHeld !== true) return { ...answer, isHeld: false, waiting: [] }
  const fresh = new Map(answer.items.map((item) => [item.id, item]))
  const oldest = answer.items.length < limit ? '' : (answer.items.at(-1)?.start_timestamp ?? '')
  const items = known.items.flatMap((item) => {
    const now = fresh.get(item.id) ?? (item.start_timestamp < oldest ? item : undefined)
    return now === undefined ? [] : [now]
  })
  const shown = new Set(known.items.map(({ id }) => id))
  return { ...answer, items, isHeld: true, waiting: answer.items.filter(({ id }) => !shown.has(id)) }
}

/**
 * A page of the history after an event. An execution enters only when the filters let it in and the page is where it
 * belongs; one that no longer matches leaves. The same page comes back when nothing changed.
 */
export function applyToPage(page: ExecutionPage, event: ExecutionEvent, context: ListContext): ExecutionPage {
  const { execution } = event
  const belongs = event.kind !== 'delete' && matchesFilters(execution, context.filters, context.nowMs)
  const index = page.items.findIndex((item) => item.id === execution.id)
  if (index >= 0 && belongs) return { ...page, items: page.items.with(index, execution) }
  if (index >= 0) return { ...page, items: page.items.toSpliced(index, 1), total: shifted(page.total, -1) }
  const waits = page.waiting.some((item) => item.id === execution.id)
  if (waits && !belongs)
    return { ...page, waiting: without(page.waiting, execution.id), total: shifted(page.total, -1) }
  if (!belongs) return page
  const grown = { ...page, total: event.kind === 'create' && !waits ? shifted(page.total, 1) : page.total }
  if (context.filters.sort === 'oldest') return atTheEnd(grown, page.total, execution, context)
  if (page.isHeld || context.filters.page > 1) return { ...grown, waiting: taken(page.waiting, execution, context) }
  return { ...grown, items: newestFirst(page.items, execution).slice(0, context.limit) }
}

/**
 * Executions that enter by an update (their status came to match) change a total that nobody counted, and those that are deleted make room for
 * others, or were on another page: ask again. So do those that have ended when a filter looks at the result and it did not come along.
 */
export function makesTotalUncertain(page: ExecutionPage, event: ExecutionEvent, { filters }: ListContext): boolean {
  if (event.kind === 'delete') return true
  if (isAboutResults(filters) && isCompleted(event.execution.status) && event.execution.result === undefined)
    return true
  if (event.kind !== 'update' || filters.status.length === 0) return false
  return ![...page.items, ...page.waiting].some((item) => item.id === event.execution.id)
}

function isAboutResults({ filter }: HistoryFilters): boolean {
  return filter.split(' ').some((token) => token.startsWith('result.'))
}

export function hold(page: ExecutionPage): ExecutionPage {
  return page.isHeld ? page : { ...page, isHeld: true }
}

/** The rows with all that waited; the oldest make room. */
export function release(page: ExecutionPage, limit: number): ExecutionPage {
  if (!page.isHeld) return page
  const items = page.waiting.reduce<Execution[]>((rows, execution) => newestFirst(rows, execution), page.items)
  return { ...page, items: items.slice(0, limit), isHeld: false, waiting: [] }
}

/** Oldest first: a new one is the last of the last page, and moves nothing. */
function atTheEnd(
  page: ExecutionPage,
  before: number | null,
  execution: Execution,
  context: ListContext,
): ExecutionPage {
  const { filters, limit } = context
  const isLast = before !== null && (filters.page - 1) * limit + page.items.length >= before
  if (!isLast || page.items.length >= limit) return page
  return { ...page, items: [...page.items, execution] }
}

function taken(waiting: readonly Execution[], execution: Execution, { limit }: ListContext): readonly Execution[] {
  return newestFirst(without(waiting, execution.id), execution).slice(0, limit)
}

function without(executions: readonly Execution[], id: string): Execution[] {
  return executions.filter((one) => one.id !== id)
}

function newestFirst(items: readonly Execution[], execution: Execution): Execution[] {
  const at = items.findIndex((item) => item.start_timestamp < execution.start_timestamp)
  return at < 0 ? [...items, execution] : items.toSpliced(at, 0, execution)
}
