/** What is typed into the search field of the history, word by word. Pure. */
import { isExecutionPath, isExecutionStatus, isSearchedPath, SEARCH_TEXT_LIMITS, searchWords } from '@st2/model'
import { type HistoryFilters, VALUE_FILTERS } from './execution-filters.ts'
import { isRelativeRange } from './time-range.ts'

/** Words that name a filter when a colon follows, as in `status:failed,timeout`. */
const FILTER_NAMES = [...VALUE_FILTERS, 'status', 'last'] as const

/** Beginnings of the paths that most look for. */
const OFFERED_PATHS = ['parameters.', 'context.', 'result.'] as const

export interface ReadWords {
  /** The filters with what the words add; the words that are only text are `q`. */
  readonly filters: HistoryFilters
  /** The first thing wrong, said before the server has to. */
  readonly error: string | undefined
}

/** `status:failed action:core.local parameters.cmd:date backup`, or an id by itself. */
export function readWords(text: string, before: HistoryFilters): ReadWords {
  let filters: HistoryFilters = { ...before, q: '', page: 1 }
  let error: string | undefined
  for (const word of text.match(/"[^"]*"|\S+/g) ?? []) {
    const taken = takeWord(word, filters)
    if (typeof taken === 'string') error ??= taken
    else filters = taken
  }
  return { filters, error: error ?? textError(filters.q) }
}

function textError(text: string): string | undefined {
  const { characters, words } = SEARCH_TEXT_LIMITS
  if (text.length > characters)
    return `The text is ${text.length} characters long; at most ${characters} are looked for.`
  const count = searchWords(text).length
  return count > words ? `These are ${count} words; at most ${words} are looked for.` : undefined
}

function takeWord(word: string, filters: HistoryFilters): HistoryFilters | string {
  const colon = word.startsWith('"') ? -1 : word.indexOf(':')
  const [name, value] = [word.slice(0, Math.max(0, colon)), word.slice(colon + 1)]
  if (/^[0-9a-f]{24}$/i.test(word)) return withValues(filters, 'id', [word.toLowerCase()])
  if (FILTER_NAMES.some((known) => known === name))
    return takeNamed(name as (typeof FILTER_NAMES)[number], value, filters)
  if (isExecutionPath(name)) return takePath(name, value, filters)
  return { ...filters, q: `${filters.q} ${word}`.trim() }
}

function takePath(path: string, value: string, filters: HistoryFilters): HistoryFilters | string {
  if (!isSearchedPath(path)) return `“${path}” cannot be looked for.`
  if (value === '') return `“${path}:” lacks a value.`
  return { ...filters, filter: `${filters.filter} ${path}:${value}`.trim() }
}

function takeNamed(
  name: (typeof FILTER_NAMES)[number],
  value: string,
  filters: HistoryFilters,
): HistoryFilters | string {
  const values = value.split(',').filter(Boolean)
  if (values.length === 0) return `“${name}:” lacks a value.`
  if (name === 'last')
    return isRelativeRange(value)
      ? { ...filters, last: value, timestamp_gt: '' }
      : `“${value}” is no range; write 45m, 6h or 7d.`
  if (name !== 'status') return withValues(filters, name, values)
  const unknown = values.find((status) => !isExecutionStatus(status))
  if (unknown !== undefined) return `“${unknown}” is no status.`
  return { ...filters, status: [...new Set([...filters.status, ...values.filter(isExecutionStatus)])] }
}

function withValues(filters: HistoryFilters, name: (typeof VALUE_FILTERS)[number], values: readonly string[]) {
  return { ...filters, [name]: [...new Set([...filters[name], ...values])] }
}

/** The whole text with its last word completed, for each way to complete it. */
export function completions(text: string, known: Readonly<Partial<Record<string, readonly string[]>>>): string[] {
  const start = text.slice(0, text.search(/\S*$/))
  const word = text.slice(start.length)
  if (word === '') return []
  const colon = word.indexOf(':')
  if (colon < 0)
    return [...FILTER_NAMES.map((name) => `${name}:`), ...OFFERED_PATHS]
      .filter((name) => name.startsWith(word.toLowerCase()) && name !== word)
      .map((name) => start + name)
  const name = word.slice(0, colon)
  const typed = word.slice(colon + 1).toLowerCase()
  return (known[name] ?? [])
    .filter((value) => value.toLowerCase().includes(typed) && !/\s/.test(value))
    .map((value) => `${start}${name}:${value}`)
}
