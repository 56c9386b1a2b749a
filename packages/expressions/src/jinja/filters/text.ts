import { isTruthy, str } from '@st2/python-values'
import { capitalize } from '../methods/letter-case.ts'
import { joinTexts, replaceText, strip } from '../methods/string-methods.ts'
import { escape } from '../markup.ts'
import { Markup } from '../objects.ts'
import { type Filter, filter, keepingMarkup, markupFilter } from '../registry.ts'
import { toList } from '../collections.ts'
import { attributeGetter } from './attribute.ts'
import { measure } from '../weight.ts'
import { integerArgument } from './numbers.ts'

/** @source jinja2: filters.py */
const FILTERS: Record<string, Filter> = {
  string: markupFilter('soft_str', ['s'], ([value]) => (value instanceof Markup ? value : str(value))),
  lower: keepingMarkup(filter('do_lower', ['s'], ([value]) => str(value).toLowerCase())),
  upper: keepingMarkup(filter('do_upper', ['s'], ([value]) => str(value).toUpperCase())),
  capitalize: keepingMarkup(filter('do_capitalize', ['s'], ([value]) => capitalize(str(value)))),
  title: filter('do_title', ['s'], ([value]) => titleWords(str(value))),
  trim: keepingMarkup(
    filter('do_trim', ['value', ['chars', null]], ([value, chars]) => strip(str(value), chars, 'both')),
  ),
  replace: markupFilter(
    'do_replace',
    ['s', 'old', 'new', ['count', null]],
    ([value, old, replacement, count], scope) => {
      const most = count === null ? -1 : integerArgument(count)
      if (!scope.evaluation.autoescape) return replaceText(str(value), str(old), str(replacement), most, scope)
      const isSafe = old instanceof Markup || (replacement instanceof Markup && !(value instanceof Markup))
      const text = isSafe ? escape(value) : value
      if (!(text instanceof Markup)) return replaceText(str(text), str(old), str(replacement), most, scope)
      return new Markup(replaceText(text.text, str(old), escape(replacement).text, most, scope))
    },
  ),
  join: markupFilter(
    'sync_do_join',
    ['value', ['d', ''], ['attribute', null]],
    ([value, separator, attribute], scope) => {
      const get = attributeGetter(attribute, scope)
      if (!scope.evaluation.autoescape) {
        return joinTexts(
          str(separator),
          toList(value, scope).map((item) => str(get(item))),
          scope,
        )
      }
      const items = toList(value, scope).map(get)
      if (![separator, ...items].some((item) => item instanceof Markup)) {
        return joinTexts(str(separator), items.map(str), scope)
      }
      return new Markup(
        joinTexts(
          escape(separator).text,
          items.map((item) => escape(item).text),
          scope,
        ),
      )
    },
  ),
}

/** They print what they are given, so its size is charged first. */
export const TEXT_FILTERS: Record<string, Filter> = Object.fromEntries(
  Object.entries(FILTERS).map(([name, run]) => {
    const measured: Filter = (value, call) => {
      measure(call.scope.budget, value)
      return run(value, call)
    }
    return [name, run.parameters === undefined ? measured : Object.assign(measured, { parameters: run.parameters })]
  }),
)

/** Words begin after blanks, hyphens and opening brackets: `they're` gives `They're`. @source jinja2: filters.py do_title */
function titleWords(text: string): string {
  return text
    .split(/([-\s({[<]+)/)
    .filter((part) => isTruthy(part))
    .map((part) => {
      const [first = '', ...rest] = Array.from(part)
      return first.toUpperCase() + rest.join('').toLowerCase()
    })
    .join('')
}
