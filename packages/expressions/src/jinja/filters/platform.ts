import {
  dumpsJson,
  findAll,
  isInt,
  isTruthy,
  matchStart,
  parseJson,
  PythonIndexError,
  PythonTypeError,
  type RegexOptions,
  searchText,
  str,
  substitute,
} from '@st2/python-values'
import { toList } from '../collections.ts'
import { type Filter, filter } from '../registry.ts'
import type { Scope } from '../scope.ts'
import { Undefined } from '../undefined.ts'
import { integerArgument } from './numbers.ts'

/** Text that stands for None through a rendering; casting turns it back. @source st2: st2common/st2common/expressions/functions/data.py */
export const NONE_MAGIC_VALUE = '%*****__%NONE%__*****%'

const toJsonString = filter(
  'to_json_string',
  ['value', ['indent', null], ['sort_keys', false], ['separators', [',', ': ']]],
  ([value, indent, sortKeys, separators], scope) => {
    const [comma = ',', colon = ': '] = toList(separators, scope).map(str)
    return dumpsJson(value, {
      indent: isInt(indent) ? Number(indent) : null,
      sortKeys: isTruthy(sortKeys),
      separators: [comma, colon],
    })
  },
)

const fromJsonString = filter('from_json_string', ['value'], ([value]) => parseJson(str(value)))

/** JSON for parameters that keep their type: compact, as upstream's fast writer makes it. */
const toComplex = filter('to_complex', ['value'], ([value]) => {
  if (value instanceof Undefined) throw new PythonTypeError(`Type is not JSON serializable: ${value.pyType}`)
  return dumpsJson(value, { separators: [',', ':'], ensureAscii: false })
})

function options(ignoreCase: unknown, scope: Scope): RegexOptions {
  return { ignoreCase: isTruthy(ignoreCase), onStep: () => scope.budget.spend() }
}

/** Filters that the platform adds. @source st2: st2common/st2common/util/jinja.py get_filters */
export const PLATFORM_FILTERS: Record<string, Filter> = {
  to_complex: toComplex,
  to_json_string: toJsonString,
  json_dump: toJsonString,
  from_json_string: fromJsonString,
  json_parse: fromJsonString,
  use_none: filter('use_none', ['value'], ([value]) => (value === null ? NONE_MAGIC_VALUE : value)),
  regex_match: filter(
    'regex_match',
    ['value', ['pattern', ''], ['ignorecase', false]],
    ([value, pattern, ignore], scope) => matchStart(str(pattern), str(value), options(ignore, scope)),
  ),
  regex_search: filter(
    'regex_search',
    ['value', ['pattern', ''], ['ignorecase', false]],
    ([value, pattern, ignore], scope) => searchText(str(pattern), str(value), options(ignore, scope)),
  ),
  regex_replace: filter(
    'regex_replace',
    [
      ['value', ''],
      ['pattern', ''],
      ['replacement', ''],
      ['ignorecase', false],
    ],
    ([value, pattern, replacement, ignore], scope) => {
      const text = substitute(str(pattern), str(replacement), str(value), options(ignore, scope))
      scope.budget.requireLength(text.length)
      return text
    },
  ),
  regex_substring: filter(
    'regex_substring',
    [
      ['value', ''],
      ['pattern', ''],
      ['result_index', 0],
      ['ignorecase', false],
    ],
    ([value, pattern, index, ignore], scope) => {
      const found = findAll(str(pattern), str(value), options(ignore, scope))
      const at = integerArgument(index)
      const item = found.at(at)
      if (at >= found.length || item === undefined) throw new PythonIndexError('list index out of range')
      return item
    },
  ),
}
