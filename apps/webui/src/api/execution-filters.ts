import type { ExecutionListQuery, ExecutionStatisticsQuery } from '@st2/client'
import { type ExecutionStatus, isExecutionStatus } from '@st2/model'
import { type AddressSearch, pageIn, searchOf, textIn } from './address-search.ts'
import { rangeIn, rangeStart, type TimeRange } from './time-range.ts'

/** Filters of which several values may be given; an execution has to match one of them. */
export const VALUE_FILTERS = ['id', 'action', 'user', 'runner', 'rule', 'trigger', 'trigger_type', 'trace_tag'] as const
export type ValueFilter = (typeof VALUE_FILTERS)[number]

/**
 * What the history is filtered by: the same in the address, in the request, and when a stream event is judged. Rules are
 * given by their names, not their references; the value `null` stands for none.
 */
export interface HistoryFilters extends TimeRange, Readonly<Record<ValueFilter, readonly string[]>> {
  /** From 1. */
  readonly page: number
  readonly status: readonly ExecutionStatus[]
  /** Words, each of which must occur somewhere in the execution. */
  readonly q: string
  /** Tokens `path:value`, all of which must hold. */
  readonly filter: string
  /** Empty: the newest first. */
  readonly sort: '' | 'oldest'
}

/** In the order of the address. */
export const NO_FILTERS: HistoryFilters = {
  page: 1,
  id: [],
  action: [],
  status: [],
  user: [],
  runner: [],
  rule: [],
  trigger: [],
  trigger_type: [],
  trace_tag: [],
  last: '',
  timestamp_gt: '',
  timestamp_lt: '',
  filter: '',
  q: '',
  sort: '',
}

/** Executions of one page. */
export const PAGE_SIZE = 50
/** Values of one filter; an address that names more is cut. */
const MAX_VALUES = 50

/** Reads an address; filters that were read already come back unchanged, because the router asks twice. */
export function filtersFromSearch(search: AddressSearch): HistoryFilters {
  const text = (key: string) => textIn(search, key).trim()
  return {
    ...NO_FILTERS,
    ...Object.fromEntries(VALUE_FILTERS.map((name) => [name, valuesIn(search, name)])),
    page: pageIn(search),
    status: valuesIn(search, 'status').filter(isExecutionStatus),
    q: text('q'),
    filter: text('filter'),
    ...rangeIn(text),
    sort: text('sort') === 'oldest' ? 'oldest' : '',
  }
}

function valuesIn(search: AddressSearch, name: string): string[] {
  const given: readonly unknown[] = Array.isArray(search[name]) ? search[name] : textIn(search, name).split(',')
  const texts = given.filter((value) => typeof value === 'string').map((value) => value.trim())
  return [...new Set(texts)].filter(Boolean).slice(0, MAX_VALUES)
}

/** `?page=2&action=…`, empty when nothing differs from all executions. */
export function filtersToSearch(filters: Partial<HistoryFilters>): string {
  const texts = Object.entries(filters).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value])
  return searchOf(Object.keys(NO_FILTERS), Object.fromEntries(texts))
}

/** Order and page choose among the same executions. */
export function isFiltered(filters: HistoryFilters): boolean {
  return filtersToSearch({ ...filters, page: 1, sort: '' }) !== ''
}

type ExecutionConditions = Omit<ExecutionStatisticsQuery, 'by' | 'interval'>

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
  const { page } = filters
  return {
    ...filtersToConditions(filters, rangeStart(filters, nowMs)),
    limit,
    ...(page > 1 ? { offset: (page - 1) * limit } : {}),
    // A bound of time alone would decide the order.
    ...(filters.sort === 'oldest' ? { sort: 'timestamp' } : { sort_desc: 'True' }),
    include_attributes: ROW_ATTRIBUTES,
  }
}

/**
 * What the filters ask of an execution, whatever is made of those that match.
 *
 * @param since not before; empty: whenever
 */
export function filtersToConditions(filters: HistoryFilters, since: string): ExecutionConditions {
  const { timestamp_lt } = filters
  const lists = [...VALUE_FILTERS, 'status' as const].map((name) => [name, filters[name].join(',')] as const)
  const texts = Object.entries({ q: filters.q, filter: filters.filter, timestamp_gt: since, timestamp_lt })
  return {
    ...Object.fromEntries([...lists, ...texts].filter(([, text]) => text !== '')),
    ...(filters.id.length > 0 ? { id: filters.id } : {}),
    // Whoever asks for an execution by its id means a child, too.
    ...(filters.id.length > 0 ? {} : { parent: 'null' }),
  }
}
