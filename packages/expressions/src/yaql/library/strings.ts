/** Texts. @source yaql: yaql/standard_library/strings.py */
import { binary, compareText, type Ordering, PythonTypeError } from '@st2/python-values'
import { declare, type FunctionDeclaration, optional, required, rest } from '../resolution/declaration.ts'
import { callFunction } from '../resolution/invoke.ts'
import { any, bool, int, iterable, mapping, nullable, text } from '../resolution/types.ts'
import type { Scope } from '../scope.ts'
import { entriesOfMapping } from '../values/dict.ts'
import { type IterableValue, typeNameOf, walk } from '../values/kinds.ts'
import { YaqlList } from '../values/list.ts'
import { textOf } from '../values/text.ts'
import { characterParameters, characters } from './characters.ts'
import { find, lengthOf, slice } from './code-points.ts'
import { toPlace, toRepetitions, toSize } from './numbers.ts'
import { splitLeft, splitRight, trim, trimLeft, trimRight } from './splitting.ts'

const string = required('string', text)
const chars = optional('chars', nullable(text), null)
const pair = [required('left', text), required('right', text)] as const
const splitting = [string, optional('separator', nullable(text), null), optional('maxSplits', int, -1)] as const
const searched = [string, required('sub', text), optional('start', int, 0)] as const
const searchedPart = [string, required('sub', text), required('start', int), required('length', int)] as const

const VERDICTS: readonly (readonly [Ordering, (order: number) => boolean])[] = [
  ['<', (order) => order < 0],
  ['<=', (order) => order <= 0],
  ['>', (order) => order > 0],
  ['>=', (order) => order >= 0],
]

export const STRING_FUNCTIONS: readonly FunctionDeclaration[] = [
  ...VERDICTS.map(([sign, verdict]) =>
    declare(`#operator_${sign}`, 'function', pair, 'Compares texts by code points.', (_scope, left, right) =>
      verdict(compareText(left, right)),
    ),
  ),
  declare('#operator_+', 'function', [rest('args', text)], 'Texts one after the other.', concat),
  declare('concat', 'function', [rest('args', text)], 'Texts one after the other.', concat),
  declare(
    '#operator_*',
    'function',
    [required('left', text), required('right', int)],
    'The text so many times.',
    repeat,
  ),
  declare(
    '#operator_*',
    'function',
    [required('left', int), required('right', text)],
    'The text so many times.',
    (scope, count, value) => repeat(scope, value, count),
  ),
  declare('#operator_in', 'function', pair, 'Whether the text is part of the other.', (scope, left, right) =>
    worked(scope, right).includes(left),
  ),
  declare('len', 'both', [string], 'The number of characters.', (_scope, value) => lengthOf(value)),
  declare('toUpper', 'method', [string], 'In upper case.', (scope, value) => worked(scope, value).toUpperCase()),
  declare('toLower', 'method', [string], 'In lower case.', (scope, value) => worked(scope, value).toLowerCase()),
  declare(
    'split',
    'method',
    splitting,
    'The parts between the separators; between blanks without one.',
    (scope, value, separator, max) => YaqlList.from(splitLeft(worked(scope, value), separator, toSize(max))),
  ),
  declare(
    'rightSplit',
    'method',
    splitting,
    'The parts between the separators, counted from the end.',
    (scope, value, separator, max) => YaqlList.from(splitRight(worked(scope, value), separator, toSize(max))),
  ),
  declare(
    'join',
    'method',
    [required('sequence', iterable), required('separator', text)],
    'The elements as one text.',
    (scope, elements, separator) => join(scope, elements, separator),
  ),
  declare(
    'join',
    'method',
    [required('separator', text), required('sequence', iterable)],
    'The elements as one text.',
    (scope, separator, elements) => join(scope, elements, separator),
  ),
  declare('str', 'function', [required('value', any)], 'The value as text.', (scope, value) => asText(scope, value)),
  declare(
    'trim',
    'method',
    [string, chars],
    'Without blanks, or these characters, at both ends.',
    (_scope, value, set) => trim(value, set),
  ),
  declare('trimLeft', 'method', [string, chars], 'Without blanks at the start.', (_scope, value, set) =>
    trimLeft(value, set),
  ),
  declare('trimRight', 'method', [string, chars], 'Without blanks at the end.', (_scope, value, set) =>
    trimRight(value, set),
  ),
  declare(
    'norm',
    'both',
    [required('string', nullable(text)), chars],
    'Trimmed; null when nothing is left.',
    (_scope, value, set) => (value === null ? null : trim(value, set) || null),
  ),
  declare(
    'isEmpty',
    'both',
    [required('string', nullable(text)), optional('trim', bool, true), chars],
    'Whether the text is null, empty or blank.',
    (_scope, value, trimming, set) => value === null || (trimming ? trim(value, set) : value) === '',
  ),
  declare(
    'replace',
    'method',
    [string, required('old', text), required('new', text), optional('count', int, -1)],
    'With one text in place of another.',
    (scope, value, old, replacement, count) => replace(scope, { value, old, replacement, count: toSize(count) }),
  ),
  declare(
    'replace',
    'method',
    [string, required('replacements', mapping), optional('count', int, -1)],
    'With the values of a mapping in place of its keys, one after the other.',
    (scope, value, replacements, count) => {
      let result = value
      for (const [key, replacement] of entriesOfMapping(replacements)) {
        result = replace(scope, {
          value: result,
          old: requireReplaceText(delegatedText(scope, key), 1),
          replacement: requireReplaceText(delegatedText(scope, replacement), 2),
          count: toSize(count),
        })
      }
      return result
    },
  ),
  declare(
    'substring',
    'method',
    [string, required('start', int), optional('length', int, -1)],
    'A part of the text; a negative start counts from the end.',
    (_scope, value, start, length) => substring(value, toPlace(start), toPlace(length)),
  ),
  declare(
    'indexOf',
    'method',
    searched,
    'Where the text begins in this one, -1 if nowhere.',
    (_scope, value, sub, start) => find(value, sub, { start: toPlace(start) }),
  ),
  declare(
    'indexOf',
    'method',
    searchedPart,
    'Where the text begins in a part of this one.',
    (_scope, value, sub, start, length) => find(value, sub, partOf(value, toPlace(start), toPlace(length))),
  ),
  declare(
    'lastIndexOf',
    'method',
    searched,
    'Where the text begins last, -1 if nowhere.',
    (_scope, value, sub, start) => find(value, sub, { start: toPlace(start), last: true }),
  ),
  declare(
    'lastIndexOf',
    'method',
    searchedPart,
    'Where the text begins last in a part of this one.',
    (_scope, value, sub, start, length) =>
      find(value, sub, {
        ...partOf(value, toPlace(start), toPlace(length)),
        last: true,
      }),
  ),
  declare('toCharArray', 'method', [string], 'The characters.', (scope, value) => Array.from(worked(scope, value))),
  declare('characters', 'function', characterParameters(), 'The characters of these kinds.', (_scope, ...wanted) =>
    characters(wanted),
  ),
  declare(
    'isString',
    'function',
    [required('arg', any)],
    'Whether the value is a text.',
    (_scope, value) => typeof value === 'string',
  ),
  declare(
    'startsWith',
    'method',
    [string, rest('prefixes', text)],
    'Whether it begins with one of them.',
    (_scope, value, prefixes) => prefixes.some((prefix) => value.startsWith(prefix)),
  ),
  declare(
    'endsWith',
    'method',
    [string, rest('suffixes', text)],
    'Whether it ends with one of them.',
    (_scope, value, suffixes) => suffixes.some((suffix) => value.endsWith(suffix)),
  ),
]

/** Costs of working through a text. */
function worked({ evaluation: { budget } }: Scope, value: string): string {
  budget.spend(value.length >> 5)
  return value
}

function concat({ evaluation: { budget } }: Scope, parts: string[]): string {
  const length = parts.reduce((sum, value) => sum + value.length, 0)
  budget.requireLength(length)
  budget.spend(length >> 8)
  return parts.join('')
}

function repeat(
  { evaluation: { budget, limits } }: Scope,
  value: string,
  count: Parameters<typeof toSize>[0],
): unknown {
  const times = Math.max(0, toRepetitions(count))
  budget.requireLength(value.length * times)
  budget.spend((value.length * times) >> 8)
  return binary('*', value, times, limits.outputLength)
}

function join(scope: Scope, elements: IterableValue, separator: string): string {
  const { budget } = scope.evaluation
  const parts: string[] = []
  let length = 0
  for (const element of walk(elements, budget)) {
    const part = delegatedText(scope, element)
    if (typeof part !== 'string') {
      const problem = `expected str instance, ${typeNameOf(part)} found`
      throw new PythonTypeError(`sequence item ${parts.length}: ${problem}`)
    }
    parts.push(part)
    length += part.length + separator.length
    budget.requireLength(length)
  }
  return parts.join(separator)
}

/** By way of the function `str`, which an expression may have replaced. */
function delegatedText(scope: Scope, value: unknown): unknown {
  return callFunction(scope, 'str', [value])
}

function requireReplaceText(value: unknown, place: number): string {
  if (typeof value === 'string') return value
  throw new PythonTypeError(`replace() argument ${place} must be str, not ${typeNameOf(value)}`)
}

function asText({ evaluation: { budget } }: Scope, value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'boolean') return String(value)
  const result = textOf(value)
  budget.requireLength(result.length)
  budget.spend(result.length >> 5)
  return result
}

interface Replacement {
  value: string
  old: string
  replacement: string
  count: number
}

function replace({ evaluation: { budget } }: Scope, { value, old, replacement, count }: Replacement): string {
  budget.spend(value.length >> 5)
  const pieces = old === '' ? ['', ...Array.from(value), ''] : value.split(old)
  const limit = count < 0 ? pieces.length - 1 : Math.min(count, pieces.length - 1)
  budget.requireLength(value.length + limit * replacement.length)
  if (limit === pieces.length - 1) return pieces.join(replacement)
  return [...pieces.slice(0, limit), pieces.slice(limit).join(old)].join(replacement)
}

function substring(value: string, start: number, length: number): string {
  const size = lengthOf(value)
  const from = start < 0 ? start + size : start
  return slice(value, from, from + (length < 0 ? size : length))
}

function partOf(value: string, start: number, length: number): { start: number; end: number } {
  const size = lengthOf(value)
  const from = start < 0 ? start + size : start
  return { start: from, end: from + (length < 0 ? size - from : length) }
}
