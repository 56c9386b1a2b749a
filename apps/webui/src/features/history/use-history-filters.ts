import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { filtersFromSearch, filtersToSearch, type HistoryFilters } from '../../api/execution-filters.ts'

const route = getRouteApi('/history/{-$id}/{-$section}')

/** The filters in the address, without what else it says. The same object while they stay the same. */
export function useHistoryFilters(): HistoryFilters {
  const filters = filtersFromSearch({ ...route.useSearch() })
  return useMemo(() => filters, [filtersToSearch(filters)])
}
