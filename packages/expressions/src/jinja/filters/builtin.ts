import { dumpsJson, isInt, isTruthy } from '@st2/python-values'
import { type Filter, filter } from '../registry.ts'
import { Undefined } from '../undefined.ts'
import { GROUPING_FILTERS } from './grouping.ts'
import { LAYOUT_FILTERS } from './layout.ts'
import { LIST_FILTERS } from './lists.ts'
import { NUMBER_FILTERS } from './numbers.ts'
import { TEXT_FILTERS } from './text.ts'

/** @source jinja2: filters.py do_default */
const useDefault = filter(
  'do_default',
  ['value', ['default_value', ''], ['boolean', false]],
  ([value, fallback, boolean]) =>
    value instanceof Undefined || (isTruthy(boolean) && !isTruthy(value)) ? fallback : value,
)

const HTML_UNSAFE: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', "'": '\\u0027' }

/** JSON that is safe inside of HTML; keys are sorted. @source jinja2: utils.py htmlsafe_json_dumps */
const toJson = filter('do_tojson', ['value', ['indent', null]], ([value, indent]) => {
  const text = dumpsJson(value, { sortKeys: true, indent: isInt(indent) ? Number(indent) : null })
  return text.replace(/[<>&']/g, (char) => HTML_UNSAFE[char] ?? char)
})

/** Filters that Jinja itself brings. */
export const BUILTIN_FILTERS: Record<string, Filter> = {
  default: useDefault,
  d: useDefault,
  tojson: toJson,
  ...TEXT_FILTERS,
  ...NUMBER_FILTERS,
  ...LIST_FILTERS,
  ...GROUPING_FILTERS,
  ...LAYOUT_FILTERS,
}

/** Filters that exist upstream and not here. */
export const UNSUPPORTED_FILTERS: ReadonlySet<string> = new Set([
  'attr',
  'e',
  'escape',
  'filesizeformat',
  'forceescape',
  'pprint',
  'random',
  'safe',
  'striptags',
  'urlencode',
  'urlize',
  'wordwrap',
  'xmlattr',
])
