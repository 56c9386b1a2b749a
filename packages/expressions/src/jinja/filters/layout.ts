import { findAll, formatPercent, isTruthy, PythonError, PyTuple, str } from '@st2/python-values'
import { FilterArgumentError } from '../errors.ts'
import { center, splitLines } from '../methods/string-methods.ts'
import { Markup, textOf, valueOf } from '../objects.ts'
import { type Filter, filter, keepingMarkup } from '../registry.ts'
import { markupBinary } from '../markup.ts'
import { codePoints, textLength } from '../text.ts'
import { integerArgument } from './numbers.ts'

/** Filters that lay texts out. @source jinja2: filters.py */
export const LAYOUT_FILTERS: Record<string, Filter> = {
  center: keepingMarkup(
    filter('do_center', ['value', ['width', 80]], ([value, width], scope) => center(str(value), width, ' ', scope)),
  ),
  format: (value, { args, kwargs, scope }) => {
    const named = Object.keys(kwargs).length > 0
    if (named && args.length > 0) {
      throw new FilterArgumentError("can't handle positional and keyword arguments at the same time")
    }
    const operand = named ? kwargs : PyTuple.from(args)
    const markup = value instanceof Markup ? markupBinary('%', value, operand, scope) : undefined
    if (markup !== undefined) return markup
    const text = formatPercent(str(valueOf(value)), named ? kwargs : PyTuple.from(args.map(textOf)))
    scope.budget.requireLength(text.length)
    return text
  },
  indent: keepingMarkup(
    filter(
      'do_indent',
      ['s', ['width', 4], ['first', false], ['blank', false]],
      ([value, width, first, blank], scope) => {
        const spaces = typeof width === 'string' ? 0 : Math.max(0, integerArgument(width))
        const lines = splitLines(`${str(value)}\n`, false)
        scope.budget.requireLength(str(value).length + lines.length * spaces)
        const margin = typeof width === 'string' ? width : ' '.repeat(spaces)
        scope.budget.requireLength(str(value).length + lines.length * margin.length)
        return indent(lines, margin, isTruthy(first), isTruthy(blank))
      },
    ),
  ),
  truncate: filter(
    'do_truncate',
    ['s', ['length', 255], ['killwords', false], ['end', '...'], ['leeway', null]],
    ([value, length, killWords, end, leeway]) =>
      truncate(
        str(value),
        integerArgument(length),
        isTruthy(killWords),
        str(end),
        leeway === null ? 5 : integerArgument(leeway),
      ),
  ),
  wordcount: filter('do_wordcount', ['s'], ([value], scope) => {
    const onStep = (): void => scope.budget.spend()
    return findAll('\\w+', str(value), { onStep }).length
  }),
}

function indent(lines: string[], margin: string, first: boolean, blank: boolean): string {
  const text = lines.map((line, at) => (at === 0 || (line === '' && !blank) ? line : margin + line)).join('\n')
  return first ? margin + text : text
}

/** Cuts at a blank unless words may be cut; a text that is only a little longer stays whole. */
function truncate(text: string, length: number, killWords: boolean, end: string, leeway: number): string {
  if (length < textLength(end)) {
    throw new PythonError('AssertionError', `expected length >= ${textLength(end)}, got ${length}`)
  }
  if (leeway < 0) throw new PythonError('AssertionError', `expected leeway >= 0, got ${leeway}`)
  const points = codePoints(text)
  if (points.length <= length + leeway) return text
  const kept = Array.from(points.slice(0, length - textLength(end))).join('')
  const blank = kept.lastIndexOf(' ')
  return (killWords || blank === -1 ? kept : kept.slice(0, blank)) + end
}
