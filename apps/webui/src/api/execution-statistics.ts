import type { StatisticsInterval } from '@st2/model'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { filtersToConditions, type HistoryFilters } from './execution-filters.ts'
import { executionKeys } from './execution-keys.ts'
import { onExecutionEvents, pollWhenNotLive } from './live.ts'
import { queryClient } from './query-client.ts'
import { refreshSoon } from './refresh-soon.ts'

/** ms from a change until it is counted: what is counted is many. */
const COUNT_MS = 2000

/** How many executions started when, and what became of them. */
export function executionStatistics(filters: HistoryFilters, since: string, interval: StatisticsInterval) {
  const conditions = filtersToConditions(filters, since)
  return queryOptions({
    queryKey: executionKeys.statistics({ ...conditions, interval }),
    queryFn: ({ signal }) => api().executions.statistics({ ...conditions, interval }, { signal }),
    refetchInterval: pollWhenNotLive,
  })
}

onExecutionEvents(() => {
  const active = queryClient.getQueryCache().findAll({ queryKey: executionKeys.allStatistics, type: 'active' })
  for (const { queryKey } of active) refreshSoon(queryClient, queryKey, COUNT_MS)
})
