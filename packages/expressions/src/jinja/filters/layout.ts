import { PyBytes } from '../bytes.ts'
import {
  binary,
  findAll,
  formatPercent,
  isInt,
  isNumeric,
  isTruthy,
  PythonError,
  PythonTypeError,
  PyTuple,
  str,
  typeName,
} from '@st2/python-values'
import { lengthOf } from '../collections.ts'
import { FilterArgumentError } from '../errors.ts'
import { center, splitLines } from '../methods/string-methods.ts'
import { Markup, textOf, valueOf } from '../objects.ts'
import { type Filter, filter, keepingMarkup } from '../registry.ts'
import { markupBinary } from '../markup.ts'
import { codePoints, textLength } from '../text.ts'
import { Undefined } from '../undefined.ts'
import { integerArgument } from './numbers.ts'
import { requireText } from './require-text.ts'

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
        const text = indentable(value)
        const limit = scope.budget.limits.outputLength
        if (isInt(width)) scope.budget.requireLength(Number(width))
        const margin = typeof width === 'string' ? width : str(binary('*', ' ', width, limit))
        const lines = splitLines(`${text}\n`, false)
        scope.budget.requireLength(text.length + lines.length * margin.length)
        return indent(lines, margin, isTruthy(first), isTruthy(blank))
      },
    ),
  ),
  truncate: keepingMarkup(
    filter(
      'do_truncate',
      ['s', ['length', 255], ['killwords', false], ['end', '...'], ['leeway', null]],
      ([value, length, killWords, end, leeway]) =>
        truncate(value, {
          length: limitOf(length),
          killWords: isTruthy(killWords),
          end: str(end),
          leeway: leeway === null ? 5 : limitOf(leeway),
        }),
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

function indentable(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Undefined) throw value.error()
  if (Array.isArray(value) && !(value instanceof PyTuple)) return requireText(value, 'splitlines')
  if (value instanceof PyBytes) throw new PythonTypeError("can't concat str to bytes")
  if (value instanceof PyTuple) throw new PythonTypeError('can only concatenate tuple (not "str") to tuple')
  throw new PythonTypeError(`unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`)
}

function limitOf(value: unknown): number {
  if (isNumeric(value)) return integerArgument(value)
  throw new PythonTypeError(`'>=' not supported between instances of '${typeName(value)}' and 'int'`)
}

interface Truncation {
  length: number
  killWords: boolean
  end: string
  /** A text that is longer by no more than this stays whole. */
  leeway: number
}

/** Cuts at a blank unless words may be cut. */
function truncate(value: unknown, { length, killWords, end, leeway }: Truncation): unknown {
  const endLength = textLength(end)
  if (length < endLength) throw new PythonError('AssertionError', `expected length >= ${endLength}, got ${length}`)
  if (leeway < 0) throw new PythonError('AssertionError', `expected leeway >= 0, got ${leeway}`)
  if (lengthOf(value) <= length + leeway) return value
  const points = codePoints(requireText(value, 'rsplit'))
  const kept = Array.from(points.slice(0, length - endLength)).join('')
  const blank = kept.lastIndexOf(' ')
  return (killWords || blank === -1 ? kept : kept.slice(0, blank)) + end
}
