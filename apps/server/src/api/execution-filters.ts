import type { Condition, Filter, Order } from '@st2/engine'
import { INDEXED_PATHS, InvalidError, isSearchedPath, type JsonSchema } from '@st2/model'
import { fieldConditions, readIds, readOrder, readTimeRange, requireTime } from '../http/filters.ts'
import type { QueryParameters } from '../http/query-parameters.ts'
import { ID_LIST, SORT } from '../openapi/route-document.ts'
import { readSearchWords } from './search-words.ts'

/** Query parameter → header field of an execution. @source rest-api.md 7.4 */
const FILTERS: Readonly<Record<string, string>> = {
  action: 'action',
  status: 'status',
  liveaction: 'liveaction',
  parent: 'parent',
  rule: 'rule',
  runner: 'runner',
  timestamp: 'start_timestamp',
  trigger: 'trigger',
  trigger_type: 'trigger_type',
  trigger_instance: 'trigger_instance',
  user: 'user',
  // Not upstream's: it would have to be looked for among traces.
  trace_tag: 'trace_tag',
}

/** Values of one filter. */
const MAX_VALUES = 100

/**
 * Where words are looked for. NOTE: results and rules as they were may hold secrets that only views mask: who could search them could guess
 * them.
 */
const SEARCHED_TEXTS = [
  'id',
  'action_ref',
  'parameters',
  'context',
  'rule.name',
  'rule.ref',
  'trigger.name',
  'trigger_instance.payload',
]

/** What `readExecutionQuery` reads, for the API's own document. */
export const EXECUTION_QUERY: Readonly<Record<string, JsonSchema>> = {
  ...Object.fromEntries(
    Object.keys(FILTERS).map((name) => [
      name,
      {
        type: 'string',
        description: name === 'timestamp' ? 'A time, or two with ".." between.' : 'Values, separated by commas.',
      },
    ]),
  ),
  id: ID_LIST,
  filter: { type: 'string', description: 'path:value, separated by spaces; all must be so.' },
  q: {
    type: 'string',
    description:
      'Words that must all occur, in id, action, parameters, context, rule, trigger or the payload of the trigger; "…" keeps spaces.',
  },
  timestamp_gt: { type: 'string', description: 'Started at that time or later.' },
  timestamp_lt: { type: 'string', description: 'Started at that time or earlier.' },
  sort: SORT,
  sort_asc: { type: 'string', description: 'Anything: oldest first.' },
  sort_desc: { type: 'string', description: 'Anything: newest first.' },
}

export interface ExecutionQuery {
  readonly filter: Filter
  readonly order: readonly Order[]
}

/** What a list of executions is asked for, as the store understands it. */
export function readExecutionQuery(query: QueryParameters): ExecutionQuery {
  const conditions = new Map<string, readonly Condition[]>()
  const ids = readIds(query)
  if (ids !== undefined) conditions.set('id', [{ field: 'id', op: 'in', value: ids }])
  for (const [name, field] of Object.entries(FILTERS)) {
    const value = query.filter(name)
    if (value !== undefined) conditions.set(field, conditionsOf(name, field, value))
  }
  for (const condition of freeConditions(query.filter('filter'))) conditions.set(keyOf(condition), [condition])
  const range = readTimeRange(query, 'timestamp', 'start_timestamp')
  const words = readSearchWords(query.filter('q')).map(
    (value): Condition => ({ paths: SEARCHED_TEXTS, op: 'contains', value }),
  )
  return { filter: [...[...conditions.values()].flat(), ...range, ...words], order: orderOf(query) }
}

/** Besides what any filter may say: a time is exact, and a comma list means any of its values. */
function conditionsOf(name: string, field: string, value: string): readonly Condition[] {
  const isSpecial = value.toLowerCase() === 'null' || value.includes('..')
  if (!isSpecial && field === 'start_timestamp') return [{ field, op: 'eq', value: requireTime(value) }]
  if (!isSpecial && value.includes(',')) return [{ field, op: 'in', value: valuesOf(name, value) }]
  return fieldConditions(field, value)
}

function valuesOf(name: string, list: string): readonly (string | null)[] {
  const values = [...new Set(list.split(',').filter(Boolean))]
  if (values.length > MAX_VALUES)
    throw new InvalidError(`${name} has ${values.length} values; at most ${MAX_VALUES} are allowed.`)
  return values.map((value) => (value.toLowerCase() === 'null' ? null : value))
}

type FreeCondition = Exclude<Condition, { readonly paths: readonly string[] }>

function freeConditions(filter: string | undefined): FreeCondition[] {
  return (filter ?? '').split(' ').filter(Boolean).map(freeCondition)
}

function freeCondition(token: string): FreeCondition {
  const colon = token.indexOf(':')
  if (colon <= 0) throw new InvalidError(`invalid format for filter "${token}"`)
  const path = token.slice(0, colon)
  const value = token.slice(colon + 1)
  const field = Object.hasOwn(INDEXED_PATHS, path) ? INDEXED_PATHS[path] : undefined
  if (field !== undefined) return { field, op: 'eq', value }
  if (!isSearchedPath(path)) throw new InvalidError(`Cannot resolve field "${path.split('.')[0]}"`)
  return { path, op: 'eq', value }
}

function keyOf(condition: FreeCondition): string {
  return 'field' in condition ? condition.field : condition.path
}

const SORTABLE: Readonly<Record<string, string>> = { ...FILTERS, id: 'id', start_timestamp: 'start_timestamp' }

/** A valid `sort` wins; else time, by which end of a range was named. @source rest-api.md 7.4 */
function orderOf(query: QueryParameters): readonly Order[] {
  const named = readOrder(query, SORTABLE)
  if (named !== undefined) return named
  const descends = query.filter('timestamp_lt') !== undefined || query.filter('sort_desc') !== undefined
  const ascends = query.filter('timestamp_gt') !== undefined || query.filter('sort_asc') !== undefined
  return [{ field: 'start_timestamp', direction: !descends && ascends ? 'asc' : 'desc' }]
}
