import { useMemo } from 'react'
import type { HistoryFilters } from '../../api/execution-filters.ts'
import { paths } from '../../paths.ts'
import { headRow } from '../../ui/headed-rows.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import type { Row } from '../../ui/RowList.tsx'
import { dayKey, formatDay, type Zone } from '../../ui/time.ts'
import type { OnChoose } from './bulk/use-choosing.ts'
import { BelowOpen, ExecutionItem } from './ExecutionItem.tsx'
import type { HistoryRow } from './history-rows.ts'
import type { HistoryTree } from './use-history-rows.ts'

interface ListContext {
  readonly filters: HistoryFilters
  readonly shownId: string | undefined
  readonly onFlip: (id: string) => void
  /** Present: several are being chosen. */
  readonly onChoose: OnChoose | undefined
}

/** px, estimates; rows are measured when shown. */
const ROW_HEIGHT = 54
const NOTE_HEIGHT = 34

/** The lines of the history as rows of a list: first what is on the screen and not on this page, then day by day. */
export function useListRows(tree: HistoryTree, context: ListContext): readonly Row[] {
  const { filters, shownId, onFlip, onChoose } = context
  const zone = usePreferences((state) => state.zone)
  return useMemo(() => {
    const rowOf = (row: HistoryRow): Row =>
      row.kind === 'execution'
        ? {
            key: row.execution.id,
            height: ROW_HEIGHT,
            content: (
              <ExecutionItem
                depth={row.depth}
                execution={row.execution}
                isCurrent={row.execution.id === shownId}
                isOpen={row.isOpen}
                onChoose={onChoose}
                onFlip={onFlip}
                to={paths.execution(row.execution.id, 'general', filters)}
              />
            ),
          }
        : {
            key: `${row.kind} ${row.parent}`,
            height: NOTE_HEIGHT,
            content: <BelowOpen isBusy={tree.isLoadingMore(row.parent)} onMore={tree.loadMore} row={row} />,
          }
    const elsewhere = tree.elsewhere.map(rowOf)
    return [
      ...(elsewhere.length === 0 ? [] : [headRow('elsewhere', 'Shown, but not on this page')]),
      ...elsewhere,
      ...byDay(tree.parts, zone, rowOf),
    ]
  }, [tree, zone, filters, shownId, onFlip, onChoose])
}

/** What is below an execution belongs to its day. */
function byDay(parts: HistoryTree['parts'], zone: Zone, rowOf: (row: HistoryRow) => Row): Row[] {
  let last = ''
  return parts.flatMap((part) => {
    const [top] = part
    if (top?.kind !== 'execution') return []
    const iso = top.execution.start_timestamp
    const day = dayKey(iso, zone)
    const head = day === last ? [] : [headRow(day, formatDay(iso, zone))]
    last = day
    return [...head, ...part.map(rowOf)]
  })
}
