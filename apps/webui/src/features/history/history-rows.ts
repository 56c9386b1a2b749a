import type { List } from '@st2/client'
import type { Execution } from '@st2/model'

/** What is known of the children of one execution. */
export interface KnownChildren {
  readonly pages: readonly List<Execution>[]
  readonly isPending: boolean
  /** Why they could not be loaded. */
  readonly failure: string | undefined
  readonly hasMore: boolean
}

/** A line of the history: an execution, or what is said below an open one. */
export type HistoryRow =
  | { readonly kind: 'execution'; readonly execution: Execution; readonly depth: number; readonly isOpen: boolean }
  | { readonly kind: 'loading' | 'none'; readonly parent: string; readonly depth: number }
  | { readonly kind: 'failed'; readonly parent: string; readonly depth: number; readonly reason: string }
  | {
      readonly kind: 'more'
      readonly parent: string
      readonly depth: number
      readonly shown: number
      readonly total: number
    }

interface Tree {
  readonly isOpen: (execution: Execution) => boolean
  readonly childrenOf: (parent: string) => KnownChildren | undefined
}

/** An execution and, where it is open, everything below it, in the order of the screen. Pure. */
export function rowsOf(execution: Execution, tree: Tree, depth = 0): HistoryRow[] {
  const isOpen = tree.isOpen(execution)
  const row: HistoryRow = { kind: 'execution', execution, depth, isOpen }
  return isOpen ? [row, ...rowsBelow(execution.id, tree, depth + 1)] : [row]
}

function rowsBelow(parent: string, tree: Tree, depth: number): HistoryRow[] {
  const children = tree.childrenOf(parent)
  if (children === undefined || children.isPending) return [{ kind: 'loading', parent, depth }]
  const items = children.pages.flatMap((page) => page.items)
  const rows = items.flatMap((child) => rowsOf(child, tree, depth))
  if (children.failure !== undefined) return [...rows, { kind: 'failed', parent, depth, reason: children.failure }]
  if (items.length === 0) return [{ kind: 'none', parent, depth }]
  const total = children.pages.at(-1)?.total ?? items.length
  return children.hasMore ? [...rows, { kind: 'more', parent, depth, shown: items.length, total }] : rows
}

/** Executions among the rows whose children are to be loaded. */
export function openIn(rows: readonly HistoryRow[]): string[] {
  return rows.flatMap((row) => (row.kind === 'execution' && row.isOpen ? [row.execution.id] : []))
}

/** Pages that are loaded by themselves to reach a child that an address names. */
const MAX_PAGES = 20

/** The ancestor whose next page has to be loaded, because the one below it on the way down is not among its children yet. */
export function pageToLoad(way: readonly string[], childrenOf: Tree['childrenOf']): string | undefined {
  return way.slice(0, -1).find((parent, index) => {
    const children = childrenOf(parent)
    if (children === undefined || !children.hasMore || children.pages.length >= MAX_PAGES) return false
    return !children.pages.some((page) => page.items.some((child) => child.id === way[index + 1]))
  })
}
