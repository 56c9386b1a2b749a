import type { TriggerInstanceListQuery } from '@st2/client'
import { TRIGGER_INSTANCE_STATUSES, type TriggerInstanceStatus } from '@st2/model'
import { RELATIVE_RANGES } from './execution-filters.ts'

/** What the list of trigger instances is filtered by; the same in the address and in the request. */
export interface InstanceFilters {
  /** From 1. */
  readonly page: number
  /** Reference of the trigger. */
  readonly trigger: string
  /** Reference of the trigger type. */
  readonly trigger_type: string
  readonly status: TriggerInstanceStatus | ''
  /** Happened within the last hour, day …; moves with the clock. */
  readonly last: string
  /** Happened after and before; ISO 8601 with Z. */
  readonly timestamp_gt: string
  readonly timestamp_lt: string
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

export function instanceFiltersFromSearch(search: Readonly<Record<string, unknown>>): InstanceFilters {
  const text = (key: string) => {
    const value = search[key]
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  }
  const page = Number(text('page'))
  const last = text('last')
  return {
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    trigger: text('trigger'),
    trigger_type: text('trigger_type'),
    status: TRIGGER_INSTANCE_STATUSES.find((status) => status === text('status')) ?? '',
    last: last in RELATIVE_RANGES ? last : '',
    timestamp_gt: text('timestamp_gt'),
    timestamp_lt: text('timestamp_lt'),
  }
}

/** `?page=2&status=pending`, empty when nothing differs from all instances. */
export function instanceFiltersToSearch(filters: Partial<InstanceFilters>): string {
  const { page = 1, ...texts } = filters
  const pairs = [
    ...(page > 1 ? [`page=${page}`] : []),
    ...Object.keys(NO_INSTANCE_FILTERS).flatMap((name) => {
      const text = name === 'page' ? '' : (texts[name as keyof typeof texts] ?? '')
      return text === '' ? [] : [`${name}=${encodeURIComponent(text).replaceAll('%3A', ':')}`]
    }),
  ]
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

export function isInstanceFiltered(filters: InstanceFilters): boolean {
  return instanceFiltersToSearch({ ...filters, page: 1 }) !== ''
}

export function instanceFiltersToQuery(
  filters: InstanceFilters,
  limit: number,
  nowMs: number,
): TriggerInstanceListQuery {
  const { page, trigger, trigger_type, status, last, timestamp_gt, timestamp_lt } = filters
  const since = last === '' ? timestamp_gt : new Date(nowMs - (RELATIVE_RANGES[last] ?? 0) * 1000).toISOString()
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
