import type { ExecutionListQuery } from '@st2/client'
import { type Execution, type ExecutionStatus, isExecutionStatus } from '@st2/model'
import { type AddressSearch, pageIn, searchOf, textIn } from './address-search.ts'
import { RELATIVE_RANGES, rangeStart, type TimeRange } from './time-range.ts'

/** What the history is filtered by: the same in the address, in the request, and when a stream event is judged. */
export interface HistoryFilters extends TimeRange {
  /** From 1. */
  readonly page: number
  readonly action: string
  readonly status: readonly ExecutionStatus[]
  readonly user: string
  readonly runner: string
  /** Name of the rule, not its reference. */
  readonly rule: string
  readonly trigger: string
  readonly trigger_type: string
  /** Tokens `path:value`, all of which must hold. */
  readonly filter: string
}

export const NO_FILTERS: HistoryFilters = {
  page: 1,
  action: '',
  status: [],
  user: '',
  runner: '',
  rule: '',
  trigger: '',
  trigger_type: '',
  last: '',
  timestamp_gt: '',
  timestamp_lt: '',
  filter: '',
}

const TEXT_FILTERS = Object.keys(NO_FILTERS).filter((key) => key !== 'page' && key !== 'status')

/** Executions of one page. */
export const PAGE_SIZE = 50

/** Reads an address; filters that were read already come back unchanged, because the router asks twice. */
export function filtersFromSearch(search: AddressSearch): HistoryFilters {
  const text = (key: string) => textIn(search, key).trim()
  const statuses: readonly unknown[] = Array.isArray(search['status']) ? search['status'] : text('status').split(',')
  const filters = { ...NO_FILTERS, ...Object.fromEntries(TEXT_FILTERS.map((key) => [key, text(key)])) }
  return {
    ...filters,
    last: filters.last in RELATIVE_RANGES ? filters.last : '',
    status: [...new Set(statuses.filter(isExecutionStatus))],
    page: pageIn(search),
  }
}

/** `?page=2&action=…`, empty when nothing differs from all executions. */
export function filtersToSearch(filters: Partial<HistoryFilters>): string {
  return searchOf(Object.keys(NO_FILTERS), { ...filters, status: filters.status?.join(',') })
}

export function isFiltered(filters: HistoryFilters): boolean {
  return filtersToSearch({ ...filters, page: 1 }) !== ''
}

/** Fields of an execution that a row shows. */
export const ROW_ATTRIBUTES = [
  'id',
  'status',
  'start_timestamp',
  'end_timestamp',
  'action.ref',
  'action.name',
  'action.runner_type',
  'parameters',
  'rule.ref',
  'rule.name',
  'trigger.name',
  'trigger_type.name',
  'context.user',
  'parent',
] as const

export function filtersToQuery(filters: HistoryFilters, limit: number, nowMs: number): ExecutionListQuery {
  const { page, status, last: _last, timestamp_gt: _after, timestamp_lt, ...texts } = filters
  const since = rangeStart(filters, nowMs)
  const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
  return {
    ...given,
    parent: 'null',
    limit,
    ...(page > 1 ? { offset: (page - 1) * limit } : {}),
    ...(status.length > 0 ? { status: status.join(',') } : {}),
    ...(since === '' ? {} : { timestamp_gt: since }),
    ...(timestamp_lt === '' ? {} : { timestamp_lt }),
    // a lower bound alone would turn the order round
    sort_desc: 'True',
    include_attributes: ROW_ATTRIBUTES,
  }
}

/** Whether the server would list this execution under these filters, whatever the page. */
export function matchesFilters(execution: Execution, filters: HistoryFilters, nowMs: number): boolean {
  if (execution.parent) return false
  if (filters.status.length > 0 && !filters.status.includes(execution.status)) return false
  return matchesTexts(execution, filters) && matchesTime(execution, filters, nowMs) && matchesFree(execution, filters)
}

const FILTER_PATHS = {
  action: 'action.ref',
  user: 'context.user',
  runner: 'runner.name',
  rule: 'rule.name',
  trigger: 'trigger.name',
  trigger_type: 'trigger_type.name',
} as const

function matchesTexts(execution: Execution, filters: HistoryFilters): boolean {
  return Object.entries(FILTER_PATHS).every(([name, path]) => {
    const wanted = filters[name as keyof typeof FILTER_PATHS]
    return wanted === '' || sameValue(valueAt(execution, path), wanted)
  })
}

function matchesTime(execution: Execution, filters: HistoryFilters, nowMs: number): boolean {
  const started = Date.parse(execution.start_timestamp)
  const after = Date.parse(rangeStart(filters, nowMs))
  const before = Date.parse(filters.timestamp_lt)
  return !(started < after) && !(started > before)
}

function matchesFree(execution: Execution, filters: HistoryFilters): boolean {
  return filters.filter
    .split(' ')
    .filter(Boolean)
    .every((token) => {
      const colon = token.indexOf(':')
      return colon > 0 && sameValue(valueAt(execution, token.slice(0, colon)), token.slice(colon + 1))
    })
}

/** `null` stands for a field that is absent. */
function sameValue(found: unknown, wanted: string): boolean {
  if (wanted.toLowerCase() === 'null') return found == null
  return found != null && String(found) === wanted
}

function valueAt(root: unknown, path: string): unknown {
  let value: unknown = root
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return value
}

/** The first thing wrong with a free filter, said before the server has to. */
export function freeFilterError(text: string): string | undefined {
  const broken = text.split(' ').find((token) => token !== '' && !/^[^:]+:.+/.test(token))
  return broken === undefined ? undefined : `“${broken}” is no path:value pair.`
}
