import type { HistoryFilters } from './execution-filters.ts'

export type ListKey = readonly ['executions', 'list', HistoryFilters, number]

/** Names of what the query cache holds about executions. */
export const executionKeys = {
  all: ['executions'] as const,
  lists: ['executions', 'list'] as const,
  list: (filters: HistoryFilters, limit: number): ListKey => ['executions', 'list', filters, limit],
  one: (id: string) => ['executions', 'one', id] as const,
  run: (parent: string) => ['executions', 'run', parent] as const,
  runs: ['executions', 'run'] as const,
  workflow: (execution: string) => ['executions', 'workflow', execution] as const,
  allStatistics: ['execution-statistics'] as const,
  statistics: (query: object) => ['execution-statistics', query] as const,
  children: (parent: string) => ['executions', 'children', parent] as const,
}
