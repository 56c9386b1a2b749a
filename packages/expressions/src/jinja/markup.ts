import {
  formatPercent,
  isDict,
  dictFrom,
  entriesOf,
  isNumeric,
  PythonOverflowError,
  PythonTypeError,
  PYTHON_SPACE,
  PyTuple,
  str,
  typeName,
} from '@st2/python-values'
import type { Budget } from '../limits.ts'
import type { BinaryOperator } from './ast.ts'
import { iterate } from './collections.ts'
import { unescapeHtml } from './html-entities.ts'
import { type Access, formatMap, formatText } from './methods/format.ts'
import { requireCount } from './methods/method.ts'
import { STRING_METHODS } from './methods/string-methods.ts'
import { BoundMethod, type Call, Markup, PythonMethod } from './objects.ts'
import type { Scope } from './scope.ts'
import { weigh } from './weight.ts'

export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll("'", '&#39;')
    .replaceAll('"', '&#34;')
}

/** The value as safe text: escaped unless it is safe already. @throws ExpressionLimitError when it would be too long */
export function escape(value: unknown, budget?: Budget): Markup {
  if (value instanceof Markup) return value
  const text = str(value)
  budget?.requireLength(escapedLength(text))
  return new Markup(escapeText(text))
}

const LENGTHS = new Map([
  [38, 5],
  [60, 4],
  [62, 4],
  [39, 5],
  [34, 5],
])

function escapedLength(text: string): number {
  if (text.length < SHORT) return 0
  let length = 0
  for (let at = 0; at < text.length; at++) length += LENGTHS.get(text.charCodeAt(at)) ?? 1
  return length
}

/** Texts up to this length are escaped without counting first. */
const SHORT = 100_000

/**
 * `+`, `*` and `%` where safe text takes part: the other side is escaped and the result is safe.
 *
 * @returns `undefined` where the operator treats safe text as any text
 */
export function markupBinary(
  operator: BinaryOperator,
  left: unknown,
  right: unknown,
  scope: Scope,
): Markup | undefined {
  if (operator === '+' && isText(left) && isText(right))
    return bounded(escape(left, scope.budget).text + escape(right, scope.budget).text, scope)
  if (operator === '%' && left instanceof Markup)
    return bounded(formatPercent(left.text, escapedOperands(right, scope)), scope)
  if (operator !== '*') return refuse(operator, left, right)
  const [markup, count] = left instanceof Markup ? [left, right] : [right, left]
  if (!(markup instanceof Markup)) return undefined
  if (!isNumeric(count) || typeName(count) === 'float') {
    throw new PythonTypeError(`'${typeName(count)}' object cannot be interpreted as an integer`)
  }
  if (typeof count === 'bigint' && BigInt.asIntN(64, count) !== count) {
    throw new PythonOverflowError("cannot fit 'int' into an index-sized integer")
  }
  const times = Math.max(0, Number(count))
  scope.budget.requireLength(markup.text.length * times)
  return bounded(markup.text.repeat(times), scope)
}

function bounded(text: string, { budget }: Scope): Markup {
  budget.requireLength(text.length)
  weigh(budget, text)
  return new Markup(text)
}

/** `%` of a plain text takes safe text as any text; nothing else is defined. */
function refuse(operator: BinaryOperator, left: unknown, right: unknown): undefined {
  if (operator === '%' && typeof left === 'string') return undefined
  const shown = operator === '**' ? '** or pow()' : operator
  throw new PythonTypeError(`unsupported operand type(s) for ${shown}: '${typeName(left)}' and '${typeName(right)}'`)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || value instanceof Markup
}

function escapedOperands(value: unknown, scope: Scope): unknown {
  const escapedOperand = (operand: unknown): unknown =>
    isNumeric(operand) ? operand : escape(operand, scope.budget).text
  if (value instanceof PyTuple) return PyTuple.from(value.map(escapedOperand))
  if (isDict(value)) return dictFrom(entriesOf(value).map(([key, inner]) => [key, escapedOperand(inner)]))
  return PyTuple.from([escapedOperand(value)])
}

/** Methods of safe text whose results are safe too. */
const SAFE_RESULTS = new Set(
  'expandtabs translate split rsplit splitlines capitalize title lower upper replace ljust rjust lstrip rstrip center strip swapcase zfill casefold removeprefix removesuffix partition rpartition'.split(
    ' ',
  ),
)

/** Which argument of a method is escaped before it becomes part of the result. */
const ESCAPED_ARGUMENT: Record<string, number> = { replace: 1, ljust: 1, rjust: 1, center: 1 }

/** A method of safe text; `undefined` when there is none. */
export function markupMethod(markup: Markup, name: string, access: Access): BoundMethod | undefined {
  const run = Object.hasOwn(OWN_METHODS, name) ? OWN_METHODS[name] : undefined
  if (run !== undefined) return new PythonMethod('Markup', name, markup, (call) => run(markup, call, access))
  const method = Object.hasOwn(STRING_METHODS, name) ? STRING_METHODS[name] : undefined
  if (method === undefined) return undefined
  const apply = (call: Call): unknown => {
    const escapedAt = Object.hasOwn(ESCAPED_ARGUMENT, name) ? ESCAPED_ARGUMENT[name] : undefined
    const args = call.args.map((arg, at) => (at === escapedAt ? escape(arg).text : plainText(arg)))
    const result = method(markup.text, { ...call, args })
    return SAFE_RESULTS.has(name) ? safe(result) : result
  }
  return SAFE_RESULTS.has(name)
    ? new PythonMethod('Markup', name, markup, apply)
    : new BoundMethod('Markup', name, apply)
}

function plainText(value: unknown): unknown {
  return value instanceof Markup ? value.text : value
}

function safe(result: unknown): unknown {
  if (typeof result === 'string') return new Markup(result)
  if (result instanceof PyTuple) return PyTuple.from(result.map(safe))
  return Array.isArray(result) ? result.map(safe) : result
}

type MarkupMethod = (markup: Markup, call: Call, access: Access) => unknown

const OWN_METHODS: Record<string, MarkupMethod> = {
  format: (markup, call, access) => new Markup(formatText(markup.text, call, access, escapeText)),
  format_map: (markup, call, access) => new Markup(formatMap(markup.text, call, access, escapeText)),
  join: (markup, { args, scope }) => {
    requireCount('Markup', 'join', ['iterable'], args.length)
    const parts = [...iterate(args[0])].map((item) => escape(item).text)
    scope.budget.requireLength(parts.reduce((sum, part) => sum + part.length + markup.text.length, 0))
    return new Markup(parts.join(markup.text))
  },
  escape: (_markup, { args }) => escape(args[0]),
  striptags: (markup) => stripTags(markup.text),
  unescape: (markup) => unescapeHtml(markup.text),
}

const SPACES = new RegExp(`[${PYTHON_SPACE}]+`)

/** Text without tags and comments, runs of whitespace as one blank, entities resolved. @source markupsafe: Markup.striptags */
export function stripTags(text: string): string {
  const parts: string[] = []
  let from = 0
  for (let start = text.indexOf('<'); start !== -1; start = text.indexOf('<', from)) {
    const isComment = text.startsWith('<!--', start)
    const end = isComment ? text.indexOf('-->', start + 4) : text.indexOf('>', start)
    if (end === -1) break
    parts.push(text.slice(from, start))
    from = end + (isComment ? 3 : 1)
  }
  const bare = parts.join('') + text.slice(from)
  return unescapeHtml(
    bare
      .split(SPACES)
      .filter((word) => word !== '')
      .join(' '),
  )
}
