import { dumpsJson, isTruthy } from '@st2/python-values'
import { Markup } from '../objects.ts'
import { type Filter, filter, markupFilter } from '../registry.ts'
import { jsonIndent } from '../../platform/json-functions.ts'
import { Undefined } from '../undefined.ts'
import { measure, weigh } from '../weight.ts'
import { plainData } from './plain-data.ts'
import { GROUPING_FILTERS } from './grouping.ts'
import { HTML_FILTERS } from './html.ts'
import { LAYOUT_FILTERS } from './layout.ts'
import { LIST_FILTERS } from './lists.ts'
import { NUMBER_FILTERS } from './numbers.ts'
import { TEXT_FILTERS } from './text.ts'
import { VALUE_FILTERS } from './values.ts'
import { wordWrap } from './wordwrap.ts'

/** @source jinja2: filters.py do_default */
const useDefault = markupFilter(
  'do_default',
  ['value', ['default_value', ''], ['boolean', false]],
  ([value, fallback, boolean]) =>
    value instanceof Undefined || (isTruthy(boolean) && !isTruthy(value)) ? fallback : value,
)

const HTML_UNSAFE: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', "'": '\\u0027' }

/** JSON that is safe inside of HTML; keys are sorted. @source jinja2: utils.py htmlsafe_json_dumps */
const toJson = filter('do_tojson', ['value', ['indent', null]], ([value, indent], { budget }) => {
  measure(budget, value)
  const text = dumpsJson(plainData(value), { sortKeys: true, indent: jsonIndent(indent) })
  const safe = text.replace(/[<>&']/g, (char) => HTML_UNSAFE[char] ?? char)
  budget.requireLength(safe.length)
  weigh(budget, safe)
  return new Markup(safe)
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
  ...HTML_FILTERS,
  ...VALUE_FILTERS,
  wordwrap: wordWrap,
}
