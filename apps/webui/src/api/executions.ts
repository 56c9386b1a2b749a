import type { List } from '@st2/client'
import type { Execution } from '@st2/model'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { config } from './config.ts'
import { applyToPage, newerOf } from './execution-events.ts'
import { filtersToQuery, type HistoryFilters, PAGE_SIZE, ROW_ATTRIBUTES } from './execution-filters.ts'
import { executionKeys } from './execution-keys.ts'
import { eventsSince, liveMark, POLL_MS, useLive } from './live.ts'
import { nextOffset } from './next-offset.ts'
import { useSession } from './session.ts'

/** While the stream is silent for whatever reason, lists and details are asked for again and again. */
function pollWhenNotLive(): number | false {
  if (useSession.getState().phase !== 'in') return false
  return useLive.getState().state.kind === 'live' ? false : POLL_MS
}

export function executionList(filters: HistoryFilters, limit = PAGE_SIZE) {
  const queryKey = executionKeys.list(filters, limit)
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<List<Execution>> => {
      const mark = liveMark()
      const page = await api().executions.list(filtersToQuery(filters, limit, Date.now()), { signal })
      const context = { filters, limit, nowMs: Date.now() }
      return eventsSince(mark).reduce((known, event) => applyToPage(known, event, context), page)
    },
    refetchInterval: pollWhenNotLive,
  })
}

export function executionDetails(id: string) {
  return queryOptions({
    queryKey: executionKeys.one(id),
    queryFn: async ({ signal }): Promise<Execution> => {
      const mark = liveMark()
      const fetched = await api().executions.get(id, { max_result_size: config.maxResultSize }, { signal })
      return eventsSince(mark)
        .filter((event) => event.execution.id === id && event.kind !== 'delete')
        .reduce((known, event) => newerOf(known, event.execution), fetched)
    },
    refetchInterval: pollWhenNotLive,
  })
}

const CHILD_PAGE = 50

export function executionChildren(parent: string) {
  return infiniteQueryOptions({
    queryKey: executionKeys.children(parent),
    queryFn: ({ pageParam, signal }) =>
      api().executions.list(
        {
          parent,
          limit: CHILD_PAGE,
          offset: pageParam,
          sort_asc: 'True',
          include_attributes: [...ROW_ATTRIBUTES, 'context.orquesta', 'context.chain'],
        },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: nextOffset,
    refetchInterval: pollWhenNotLive,
  })
}

export function executionFilterValues() {
  return queryOptions({
    queryKey: ['execution-filter-values'],
    queryFn: ({ signal }) => api().executions.filters(undefined, { signal }),
  })
}

/** Workflows in workflows deeper than this do not open by themselves. */
const MAX_DEPTH = 20

/** Ids from the parent up to the top, so that the list can open down to a child. */
export function executionAncestors(id: string) {
  return queryOptions({
    queryKey: ['execution-ancestors', id],
    queryFn: async ({ signal }): Promise<string[]> => {
      const found: string[] = []
      let at = id
      while (found.length < MAX_DEPTH) {
        const { parent } = await api().executions.get(at, { include_attributes: ['parent'] }, { signal })
        if (!parent) break
        found.push(parent)
        at = parent
      }
      return found
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}
