import { type HistoryFilters, VALUE_FILTERS, type ValueFilter } from '../../api/execution-filters.ts'
import type { FilterChip } from '../../ui/FilterChips.tsx'
import type { Zone } from '../../ui/time.ts'
import { timeRangeChips } from '../../widgets/time-range-chips.ts'

export const FILTER_TITLES: Readonly<Record<ValueFilter, string>> = {
  id: 'Id',
  action: 'Action',
  user: 'User',
  runner: 'Runner',
  rule: 'Rule',
  trigger: 'Trigger',
  trigger_type: 'Trigger type',
  trace_tag: 'Trace tag',
}

/** One value of one filter, and the filters without it. */
export interface HistoryChip extends FilterChip<string> {
  readonly without: Partial<HistoryFilters>
}

/** Every value in force by itself, so that each can be taken off. Pure. */
export function chipsOf(filters: HistoryFilters, zone: Zone): HistoryChip[] {
  const values = VALUE_FILTERS.flatMap((name) =>
    filters[name].map((value) => ({
      name: `${name} ${value}`,
      text: `${FILTER_TITLES[name].toLowerCase()}: ${value === 'null' ? 'none' : value}`,
      without: { [name]: filters[name].filter((one) => one !== value) },
    })),
  )
  const statuses = filters.status.map((status) => ({
    name: `status ${status}`,
    text: status,
    without: { status: filters.status.filter((one) => one !== status) },
  }))
  const fields = filters.filter.split(' ').filter(Boolean)
  const free = fields.map((token) => ({
    name: `filter ${token}`,
    text: token,
    without: { filter: fields.filter((one) => one !== token).join(' ') },
  }))
  const times = timeRangeChips(filters, zone).map((chip) => ({ ...chip, without: { [chip.name]: '' } }))
  const text = filters.q === '' ? [] : [{ name: 'q', text: `text: ${filters.q}`, without: { q: '' } }]
  return [...statuses, ...values, ...free, ...times, ...text]
}
