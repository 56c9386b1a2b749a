import type { TriggerInstanceListQuery } from '@st2/client'
import { TRIGGER_INSTANCE_STATUSES, type TriggerInstanceStatus } from '@st2/model'
import { type AddressSearch, pageIn, searchOf, textIn } from './address-search.ts'
import { rangeIn, rangeStart, type TimeRange } from './time-range.ts'

/** What the list of trigger instances is filtered by; the same in the address and in the request. */
export interface InstanceFilters extends TimeRange {
  /** From 1. */
  readonly page: number
  /** Reference of the trigger. */
  readonly trigger: string
  /** Reference of the trigger type. */
  readonly trigger_type: string
  readonly status: TriggerInstanceStatus | ''
}

export const NO_INSTANCE_FILTERS: InstanceFilters = {
  page: 1,
  trigger: '',
  trigger_type: '',
  status: '',
  last: '',
  timestamp_gt: '',
  timestamp_lt: '',
}

export const INSTANCE_PAGE = 50

export function instanceFiltersFromSearch(search: AddressSearch): InstanceFilters {
  const text = (key: string) => textIn(search, key).trim()
  return {
    page: pageIn(search),
    trigger: text('trigger'),
    trigger_type: text('trigger_type'),
    status: TRIGGER_INSTANCE_STATUSES.find((status) => status === text('status')) ?? '',
    ...rangeIn(text),
  }
}

/** `?page=2&status=pending`, empty when nothing differs from all instances. */
export function instanceFiltersToSearch(filters: Partial<InstanceFilters>): string {
  return searchOf(Object.keys(NO_INSTANCE_FILTERS), { ...filters })
}

export function isInstanceFiltered(filters: InstanceFilters): boolean {
  return instanceFiltersToSearch({ ...filters, page: 1 }) !== ''
}

export function instanceFiltersToQuery(
  filters: InstanceFilters,
  limit: number,
  nowMs: number,
): TriggerInstanceListQuery {
  const { page, trigger, trigger_type, status, timestamp_lt } = filters
  const since = rangeStart(filters, nowMs)
  return {
    limit,
    ...(page > 1 ? { offset: (page - 1) * limit } : {}),
    ...(trigger === '' ? {} : { trigger }),
    ...(trigger_type === '' ? {} : { trigger_type }),
    ...(status === '' ? {} : { status }),
    ...(since === '' ? {} : { timestamp_gt: since }),
    ...(timestamp_lt === '' ? {} : { timestamp_lt }),
  }
}
