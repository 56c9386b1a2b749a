import { isTruthy, str } from '@st2/python-values'
import { joinTexts, capitalize, replaceText, strip } from '../methods/string-methods.ts'
import { type Filter, filter } from '../registry.ts'
import { toList } from '../collections.ts'
import { attributeGetter } from './attribute.ts'
import { integerArgument } from './numbers.ts'

/** @source jinja2: filters.py */
export const TEXT_FILTERS: Record<string, Filter> = {
  string: filter('soft_str', ['s'], ([value]) => str(value)),
  lower: filter('do_lower', ['s'], ([value]) => str(value).toLowerCase()),
  upper: filter('do_upper', ['s'], ([value]) => str(value).toUpperCase()),
  capitalize: filter('do_capitalize', ['s'], ([value]) => capitalize(str(value))),
  title: filter('do_title', ['s'], ([value]) => titleWords(str(value))),
  trim: filter('do_trim', ['value', ['chars', null]], ([value, chars]) => strip(str(value), chars, 'both')),
  replace: filter('do_replace', ['s', 'old', 'new', ['count', null]], ([value, old, replacement, count], scope) =>
    replaceText(str(value), str(old), str(replacement), count === null ? -1 : integerArgument(count), scope),
  ),
  join: filter('sync_do_join', ['value', ['d', ''], ['attribute', null]], ([value, separator, attribute], scope) => {
    const get = attributeGetter(attribute, scope)
    return joinTexts(
      str(separator),
      toList(value, scope).map((item) => str(get(item))),
      scope,
    )
  }),
}

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
