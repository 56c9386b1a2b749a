/** Regular expressions in Python's dialect. @source yaql: yaql/standard_library/regex.py */
import { PythonIndexError, PythonTypeError, PythonValueError, type RegexMatch } from '@st2/python-values'
import { declare, type FunctionDeclaration, optional, required } from '../resolution/declaration.ts'
import { any, bool, int, type LambdaIn, lambdaIn, nullable, pattern, text } from '../resolution/types.ts'
import type { Scope } from '../scope.ts'
import { YaqlDict } from '../values/dict.ts'
import { typeNameOf } from '../values/kinds.ts'
import { Lazy } from '../values/lazy.ts'
import { YaqlList } from '../values/list.ts'
import { toSize } from './numbers.ts'
import { type Pattern, patternOf } from './pattern.ts'
import { expandTemplate } from './regex-template.ts'

const selector = optional('selector', nullable(lambdaIn), null)

export const REGEX_FUNCTIONS: readonly FunctionDeclaration[] = [
  declare(
    'regex',
    'function',
    [
      required('pattern', text),
      optional('ignoreCase', nullable(bool), false),
      optional('multiLine', nullable(bool), false),
      optional('dotAll', nullable(bool), false),
    ],
    'Compiles a regular expression.',
    (scope, source, ignoreCase, multiLine, dotAll) =>
      patternOf(source, scope.evaluation, {
        ignoreCase: ignoreCase ?? false,
        multiLine: multiLine ?? false,
        dotAll: dotAll ?? false,
      }),
  ),
  declare(
    'matches',
    'method',
    [required('regexp', pattern), required('string', text)],
    'Whether the pattern occurs anywhere in the text.',
    (_scope, regexp, string) => regexp.search(string) !== null,
  ),
  declare(
    'matches',
    'method',
    [required('string', text), required('regexp', text)],
    'Whether the pattern occurs anywhere in the text.',
    (scope, string, regexp) => patternOf(regexp, scope.evaluation).search(string) !== null,
  ),
  ...matchOperators('#operator_=~', true),
  ...matchOperators('#operator_!~', false),
  declare(
    'search',
    'method',
    [required('regexp', pattern), required('string', text), selector],
    'The first match, or what the selector makes of it; null when there is none.',
    (scope, regexp, string, select) => {
      const match = regexp.search(string)
      return match === null ? null : selected(match, regexp, select, scope)
    },
  ),
  declare(
    'searchAll',
    'method',
    [required('regexp', pattern), required('string', text), selector],
    'All matches, or what the selector makes of them.',
    (scope, regexp, string, select) =>
      new Lazy('generator object search_all', searchAll(scope, regexp, string, select)),
  ),
  declare(
    'split',
    'method',
    [required('regexp', pattern), required('string', text), optional('maxSplit', int, 0)],
    'Splits the text where the pattern matches.',
    (_scope, regexp, string, maxSplit) => split(regexp, string, toSize(maxSplit)),
  ),
  declare(
    'split',
    'method',
    [required('string', text), required('regexp', pattern), optional('maxSplit', int, 0)],
    'Splits the text where the pattern matches.',
    (_scope, string, regexp, maxSplit) => split(regexp, string, toSize(maxSplit)),
  ),
  declare(
    'replace',
    'method',
    [required('regexp', pattern), required('string', text), required('repl', text), optional('count', int, 0)],
    'Replaces matches; \\1 stands for a group.',
    (scope, regexp, string, template, count) => replace(scope, regexp, string, template, toSize(count)),
  ),
  declare(
    'replace',
    'method',
    [required('string', text), required('regexp', pattern), required('repl', text), optional('count', int, 0)],
    'Replaces matches; \\1 stands for a group.',
    (scope, string, regexp, template, count) => replace(scope, regexp, string, template, toSize(count)),
  ),
  declare(
    'replaceBy',
    'method',
    [required('regexp', pattern), required('string', text), required('repl', lambdaIn), optional('count', int, 0)],
    'Replaces matches by what the expression makes of them.',
    (scope, regexp, string, make, count) => replaceBy(scope, regexp, string, make, toSize(count)),
  ),
  declare(
    'replaceBy',
    'method',
    [required('string', text), required('regexp', pattern), required('repl', lambdaIn), optional('count', int, 0)],
    'Replaces matches by what the expression makes of them.',
    (scope, string, regexp, make, count) => replaceBy(scope, regexp, string, make, toSize(count)),
  ),
  declare(
    'escapeRegex',
    'function',
    [required('string', text)],
    'The text with everything escaped that means something in a regular expression.',
    (_scope, string) => string.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&'),
  ),
]

function matchOperators(name: string, wanted: boolean): FunctionDeclaration[] {
  const help = wanted ? 'Whether the pattern occurs in the text.' : 'Whether the pattern occurs nowhere in the text.'
  return [
    declare(
      name,
      'function',
      [required('string', text), required('regexp', pattern)],
      help,
      (_scope, string, regexp) => {
        return (regexp.search(string) !== null) === wanted
      },
    ),
    declare(name, 'function', [required('string', text), required('pattern', text)], help, (scope, string, source) => {
      return (patternOf(source, scope.evaluation).search(string) !== null) === wanted
    }),
  ]
}

function* searchAll(
  scope: Scope,
  regexp: Pattern,
  string: string,
  select: LambdaIn | null,
): Generator<unknown, undefined> {
  for (const match of regexp.matches(string)) yield selected(match, regexp, select, scope)
  return undefined
}

function selected(match: RegexMatch, regexp: Pattern, select: LambdaIn | null, scope: Scope): unknown {
  return select === null ? match.groups[0] : select(publish(match, regexp, scope.child()))
}

/** `$` and `$1` are the whole match, `$2` and up the groups. */
function publish(match: RegexMatch, regexp: Pattern, scope: Scope): Scope {
  for (const [at, [start, end]] of match.spans.entries()) {
    const record = [
      ['value', match.groups[at] ?? null],
      ['start', start],
      ['end', end],
    ] as const
    scope.set(String(at + 1), new YaqlDict('dict', record))
  }
  if (regexp.names.size > 0) failForNames(match, regexp)
  return scope
}

/** NOTE: upstream takes the texts of named groups for pairs of a name and a text, which fails for nearly all of them. */
function failForNames(match: RegexMatch, regexp: Pattern): never {
  const [index = 0] = regexp.names.values()
  const value = match.groups[index] ?? null
  if (value === null) throw new PythonTypeError(`cannot unpack non-iterable ${typeNameOf(value)} object`)
  const { length } = Array.from(value)
  if (length < 2) throw new PythonValueError(`not enough values to unpack (expected 2, got ${length})`)
  if (length > 2) throw new PythonValueError('too many values to unpack (expected 2)')
  throw new PythonIndexError('no such group')
}

function split(regexp: Pattern, string: string, maxSplit: number): YaqlList {
  const points = Array.from(string)
  const parts = new YaqlList()
  if (maxSplit < 0) return YaqlList.from([string])
  let from = 0
  let splits = 0
  for (const match of regexp.matches(string)) {
    if (maxSplit !== 0 && splits >= maxSplit) break
    parts.push(points.slice(from, match.start).join(''), ...match.groups.slice(1))
    from = match.end
    splits++
  }
  parts.push(points.slice(from).join(''))
  return parts
}

function replace(scope: Scope, regexp: Pattern, string: string, template: string, count: number): string {
  const expand = expandTemplate(template, regexp)
  return substitute(scope, regexp, string, expand, count)
}

function replaceBy(scope: Scope, regexp: Pattern, string: string, make: LambdaIn, count: number): string {
  return substitute(scope, regexp, string, (match) => make(publish(match, regexp, scope.child())), count)
}

/** @param expand null for nothing; what is no text makes the whole fail once all matches are through */
function substitute(
  { evaluation: { budget } }: Scope,
  regexp: Pattern,
  string: string,
  expand: (match: RegexMatch) => unknown,
  count: number,
): string {
  if (count < 0) return string
  const points = Array.from(string)
  const pieces: unknown[] = []
  let length = string.length
  let from = 0
  let replaced = 0
  for (const match of regexp.matches(string)) {
    if (count !== 0 && replaced >= count) break
    if (match.start > from) pieces.push(points.slice(from, match.start).join(''))
    const piece = expand(match)
    if (piece !== null) pieces.push(piece)
    length += typeof piece === 'string' ? piece.length : 0
    budget.requireLength(length)
    from = match.end
    replaced++
  }
  if (from < points.length) pieces.push(points.slice(from).join(''))
  return pieces.map(requireText).join('')
}

function requireText(piece: unknown, at: number): string {
  if (typeof piece === 'string') return piece
  throw new PythonTypeError(`sequence item ${at}: expected str instance, ${typeNameOf(piece)} found`)
}

export const IS_REGEX = declare(
  'isRegex',
  'function',
  [required('value', any)],
  'Whether the value is a compiled regular expression.',
  (_scope, value) => pattern.accepts(value),
)
