import { useCallback, useEffect, useRef } from 'react'
import { filtersToSearch, type HistoryFilters } from '../../../api/execution-filters.ts'
import type { HistoryTree } from '../use-history-rows.ts'
import { choose, choosesFrom, useChoice } from './choice.ts'
import { executionsIn } from './use-chosen.ts'

export type OnChoose = (id: string, kind: 'one' | 'range') => void

export interface Choosing {
  readonly isOn: boolean
  /** The same while rows change: those that do not are not drawn again. */
  readonly onChoose: OnChoose
}

/** Choosing from the list of the page. It begins anew with other filters; another page or order is the same list. */
export function useChoosing(filters: HistoryFilters, tree: HistoryTree): Choosing {
  const isOn = useChoice((choice) => choice.isOn)
  const list = filtersToSearch({ ...filters, page: 1, sort: '' })
  useEffect(() => choosesFrom(list), [list])

  const order = useRef<readonly string[]>([])
  useEffect(() => {
    order.current = [...executionsIn(tree).keys()]
  }, [tree])
  const onChoose = useCallback<OnChoose>((id, kind) => {
    if (order.current.includes(id)) choose(id, kind, order.current)
  }, [])
  return { isOn, onChoose }
}
