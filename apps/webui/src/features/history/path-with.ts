import type { HistoryFilters } from '../../api/execution-filters.ts'
import { paths } from '../../paths.ts'

/** The same screen under other filters: the execution on it stays. */
export function pathWith(id: string | undefined, filters: Partial<HistoryFilters>): string {
  return id === undefined ? paths.history(filters) : paths.execution(id, 'general', filters)
}
