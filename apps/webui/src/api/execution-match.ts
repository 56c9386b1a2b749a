import { type Execution, searchWords } from '@st2/model'
import { type HistoryFilters, VALUE_FILTERS, type ValueFilter } from './execution-filters.ts'
import { rangeStart } from './time-range.ts'

/** Whether the server would list this execution under these filters, whatever the page. */
export function matchesFilters(execution: Execution, filters: HistoryFilters, nowMs: number): boolean {
  if (execution.parent && filters.id.length === 0) return false
  if (filters.status.length > 0 && !filters.status.includes(execution.status)) return false
  return (
    VALUE_FILTERS.every((name) => matchesValues(execution, filters, name)) &&
    matchesTime(execution, filters, nowMs) &&
    matchesFree(execution, filters) &&
    matchesText(execution, filters.q)
  )
}

const FILTER_PATHS: Readonly<Record<ValueFilter, string>> = {
  id: 'id',
  action: 'action.ref',
  user: 'context.user',
  runner: 'runner.name',
  rule: 'rule.name',
  trigger: 'trigger.name',
  trigger_type: 'trigger_type.name',
  trace_tag: 'context.trace_context.trace_tag',
}

function matchesValues(execution: Execution, filters: HistoryFilters, name: ValueFilter): boolean {
  const wanted = filters[name]
  if (wanted.length === 0) return true
  const found = valueAt(execution, FILTER_PATHS[name])
  return wanted.some((value) => isSame(found, value))
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
      return colon > 0 && isSame(valueAt(execution, token.slice(0, colon)), token.slice(colon + 1))
    })
}

/** As the server looks: every word, in any case, somewhere in what names and starts the execution; not in its result. */
function matchesText(execution: Execution, q: string): boolean {
  if (q === '') return true
  const { id, action, parameters, context, rule, trigger, trigger_instance: instance } = execution
  const places = [
    id,
    action?.ref,
    parameters,
    context,
    rule?.['name'],
    rule?.['ref'],
    trigger?.['name'],
    instance?.['payload'],
  ]
  const text = places.map((place) => (typeof place === 'string' ? place : JSON.stringify(place ?? ''))).join('\n')
  return searchWords(q).every((word) => text.toLowerCase().includes(word.toLowerCase()))
}

/** `null` stands for a field that is absent. */
function isSame(found: unknown, wanted: string): boolean {
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
