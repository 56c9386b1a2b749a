import type { Execution } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { executionDetails } from '../../api/executions.ts'
import { messageOf } from '../../api/problem.ts'
import { type HistoryRow, type KnownChildren, openIn, pageToLoad, rowsOf } from './history-rows.ts'
import { type Children, useChildren } from './use-children.ts'
import type { OpenedExecutions } from './use-opened.ts'

export interface HistoryTree {
  /** For each execution of the page, itself and what is open below it. */
  readonly parts: readonly (readonly HistoryRow[])[]
  /** Those of the execution on the screen, when the page does not have it. */
  readonly elsewhere: readonly HistoryRow[]
  readonly loadMore: (parent: string) => void
  readonly isLoadingMore: (parent: string) => boolean
}

/** The executions of a page as lines; what an address names is found among them, at any depth. */
export function useHistoryRows(
  items: readonly Execution[],
  isComplete: boolean,
  opened: OpenedExecutions,
): HistoryTree {
  const top = opened.way[0]
  const isElsewhere = isComplete && top !== undefined && !items.some(({ id }) => id === top)
  const root = useQuery({ ...executionDetails(top ?? ''), enabled: isElsewhere }).data
  const make = (children: ReadonlyMap<string, Children>) => {
    const tree = { isOpen: opened.has, childrenOf: (parent: string) => known(children.get(parent)) }
    return {
      parts: items.map((execution) => rowsOf(execution, tree)),
      elsewhere: isElsewhere && root !== undefined ? rowsOf(root, tree) : [],
    }
  }
  const children = useChildren((loaded) => {
    const { parts, elsewhere } = make(loaded)
    return openIn([...parts.flat(), ...elsewhere])
  })
  const wanted = pageToLoad(opened.way, (parent) => known(children.get(parent)))
  const next = wanted === undefined ? undefined : children.get(wanted)
  const isFree = next !== undefined && !next.isFetchingNextPage && !next.isFetchNextPageError
  useEffect(() => {
    if (isFree) void next.fetchNextPage()
  }, [wanted, isFree])

  return useMemo(
    () => ({
      ...make(children),
      loadMore: (parent) => {
        const below = children.get(parent)
        void (below?.hasNextPage === true ? below.fetchNextPage() : below?.refetch())
      },
      isLoadingMore: (parent) => children.get(parent)?.isFetching ?? false,
    }),
    [children, items, opened, isElsewhere, root],
  )
}

function known(children: Children | undefined): KnownChildren | undefined {
  if (children === undefined) return undefined
  return {
    pages: children.data?.pages ?? [],
    isPending: children.isPending,
    failure: children.error === null ? undefined : messageOf(children.error),
    hasMore: children.hasNextPage,
  }
}
