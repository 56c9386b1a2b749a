import { ApiError } from '@st2/client'
import type { Execution } from '@st2/model'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { config } from './config.ts'
import { progressed } from './execution-events.ts'
import { filtersToQuery, type HistoryFilters, PAGE_SIZE, ROW_ATTRIBUTES } from './execution-filters.ts'
import { executionKeys } from './execution-keys.ts'
import { afterAnswer, applyToPage, type ExecutionPage, hold, release } from './execution-page.ts'
import { eventsSince, liveMark, pollWhenNotLive } from './live.ts'
import { nextOffset } from './next-offset.ts'
import { queryClient } from './query-client.ts'

/** ms between requests for a list whose range moves with the clock: what is too old leaves without an event. */
const AGEING_MS = 60_000

export function executionList(filters: HistoryFilters, limit = PAGE_SIZE) {
  const queryKey = executionKeys.list(filters, limit)
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<ExecutionPage> => {
      const mark = liveMark()
      const answer = await api().executions.list(filtersToQuery(filters, limit, Date.now()), { signal })
      const page = afterAnswer(queryClient.getQueryData<ExecutionPage>(queryKey), answer, limit)
      const context = { filters, limit, nowMs: Date.now() }
      return eventsSince(mark).reduce((known, event) => applyToPage(known, event, context), page)
    },
    refetchInterval: () => pollWhenNotLive() || (filters.last !== '' && AGEING_MS),
  })
}

/** Somebody reads further down the list, or has come back to its top. */
export function setListHeld(filters: HistoryFilters, isHeld: boolean): void {
  queryClient.setQueryData<ExecutionPage>(
    executionKeys.list(filters, PAGE_SIZE),
    (page) => page && (isHeld ? hold(page) : release(page, PAGE_SIZE)),
  )
}

export function executionDetails(id: string) {
  return queryOptions({
    queryKey: executionKeys.one(id),
    queryFn: async ({ signal }): Promise<Execution> => {
      for (;;) {
        const mark = liveMark()
        const fetched = await api().executions.get(id, { max_result_size: config.maxResultSize }, { signal })
        // Events do not carry all of it: what was told before the last of them is asked for again.
        const later = eventsSince(mark).filter(({ execution, kind }) => execution.id === id && kind !== 'delete')
        if (later.every((event) => progressed(fetched, event) === fetched)) return fetched
      }
    },
    refetchInterval: pollWhenNotLive,
  })
}

/** No server refuses so many to anybody. */
const CHILD_PAGE = 100

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

/** What is asked of an ancestor: where it belongs, and why it ran. */
const ANCESTOR_ATTRIBUTES = [
  'id',
  'parent',
  'start_timestamp',
  'action.ref',
  'context',
  'rule',
  'trigger',
  'trigger_type',
  'trigger_instance',
] as const

/** From the parent up to the top, so that the list can open down to a child and a child knows why it ran. */
export function executionAncestors(id: string) {
  return queryOptions({
    queryKey: ['execution-ancestors', id],
    queryFn: async ({ signal }): Promise<Execution[]> => {
      // Whoever looks for what is above it shows it, too: one request serves both.
      const { parent } = await queryClient.ensureQueryData(executionDetails(id))
      const found: Execution[] = []
      for (let at = parent; at && found.length < MAX_DEPTH; at = found.at(-1)?.parent) {
        const ancestor = await ancestorWith(at, signal)
        if (ancestor === null) break
        found.push(ancestor)
      }
      return found
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** null where the way up ends, because an ancestor is gone or may not be seen. */
async function ancestorWith(id: string, signal: AbortSignal): Promise<Execution | null> {
  try {
    return await api().executions.get(id, { include_attributes: ANCESTOR_ATTRIBUTES }, { signal })
  } catch (error) {
    if (error instanceof ApiError && [400, 403, 404].includes(error.status)) return null
    throw error
  }
}

/** The execution that a retry repeats, which is known by its liveaction; null when it is gone. */
export function executionOfLiveaction(liveaction: string) {
  return queryOptions({
    queryKey: ['execution-of-liveaction', liveaction],
    queryFn: async ({ signal }) => {
      const query = { liveaction, limit: 1, include_attributes: ['id', 'action.ref', 'status'] }
      return (await api().executions.list(query, { signal })).items[0] ?? null
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}
