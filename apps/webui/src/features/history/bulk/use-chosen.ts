import type { Execution } from '@st2/model'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { NO_FILTERS, PAGE_SIZE } from '../../../api/execution-filters.ts'
import { executionList } from '../../../api/executions.ts'
import type { HistoryTree } from '../use-history-rows.ts'
import { useChoice } from './choice.ts'

export interface Chosen {
  /** What is known of them now. */
  readonly executions: readonly Execution[]
  /** Not among the rows. */
  readonly elsewhereCount: number
  /** Deleted meanwhile, or still asked for. */
  readonly unknownCount: number
}

/** Those that are chosen as they are now; what is on no row any more is asked for, and followed like every list. */
export function useChosen(tree: HistoryTree): Chosen {
  const ids = useChoice((choice) => choice.ids)
  const shown = useMemo(() => executionsIn(tree), [tree])
  const elsewhere = [...ids].filter((id) => !shown.has(id)).toSorted()
  const lists = useQueries({
    queries: partsOf(elsewhere).map((id) => ({
      ...executionList({ ...NO_FILTERS, id }),
      placeholderData: keepPreviousData,
    })),
  })
  const found = new Map(lists.flatMap(({ data }) => data?.items ?? []).map((execution) => [execution.id, execution]))
  const executions = [...ids].flatMap((id) => shown.get(id) ?? found.get(id) ?? [])
  return { executions, elsewhereCount: elsewhere.length, unknownCount: ids.size - executions.length }
}

export function executionsIn({ parts, elsewhere }: HistoryTree): ReadonlyMap<string, Execution> {
  const rows = [...elsewhere, ...parts.flat()]
  return new Map(rows.flatMap((row) => (row.kind === 'execution' ? [[row.execution.id, row.execution] as const] : [])))
}

/** As many as one request may ask for. */
function partsOf(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / PAGE_SIZE)
  return Array.from({ length: count }, (_, part) => ids.slice(part * PAGE_SIZE, (part + 1) * PAGE_SIZE))
}
