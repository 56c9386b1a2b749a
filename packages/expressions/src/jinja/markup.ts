import { formatPercent, isDict, dictFrom, entriesOf, isNumeric, PythonTypeError, PyTuple, str, typeName } from '@st2/python-values'
import type { BinaryOperator } from './ast.ts'
import { iterate } from './collections.ts'
import { unescapeHtml } from './html-entities.ts'
import { formatText, type Access } from './methods/format.ts'
import { requireCount } from './methods/method.ts'
import { STRING_METHODS } from './methods/string-methods.ts'
import { BoundMethod, type Call, Markup } from './objects.ts'
import type { Scope } from './scope.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&#39;', '"': '&#34;' }

export function escapeText(text: string): string {
  return text.replace(/[&<>'"]/g, (char) => ENTITIES[char] ?? char)
}

/** The value as safe text: escaped unless it is safe already. */
export function escape(value: unknown): Markup {
  return value instanceof Markup ? value : new Markup(escapeText(str(value)))
}

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
  if (operator === '+' && isText(left) && isText(right)) return new Markup(escape(left).text + escape(right).text)
  if (operator === '+') throw new PythonTypeError(unsupportedSum(left, right))
  if (operator === '%' && left instanceof Markup) return new Markup(formatPercent(left.text, escapedOperands(right)))
  if (operator !== '*') return undefined
  const [markup, count] = left instanceof Markup ? [left, right] : [right, left]
  if (!(markup instanceof Markup) || !isNumeric(count) || typeName(count) === 'float') return undefined
  const times = Math.max(0, Number(count))
  scope.budget.requireLength(markup.text.length * times)
  return new Markup(markup.text.repeat(times))
}

function unsupportedSum(left: unknown, right: unknown): string {
  return `unsupported operand type(s) for +: '${typeName(left)}' and '${typeName(right)}'`
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || value instanceof Markup
}

function escapedOperands(value: unknown): unknown {
  if (value instanceof PyTuple) return PyTuple.from(value.map(escapedOperand))
  if (isDict(value)) return dictFrom(entriesOf(value).map(([key, inner]) => [key, escapedOperand(inner)]))
  return PyTuple.from([escapedOperand(value)])
}

function escapedOperand(value: unknown): unknown {
  return isNumeric(value) ? value : escape(value).text
}

/** Methods of safe text whose results are safe too. */
const SAFE_RESULTS = new Set(
  'split rsplit splitlines capitalize title lower upper replace ljust rjust lstrip rstrip center strip swapcase zfill casefold removeprefix removesuffix partition rpartition'.split(
    ' ',
  ),
)

/** Which argument of a method is escaped before it becomes part of the result. */
const ESCAPED_ARGUMENT: Record<string, number> = { replace: 1, ljust: 1, rjust: 1, center: 1 }

/** A method of safe text; `undefined` when there is none. */
export function markupMethod(markup: Markup, name: string, access: Access): BoundMethod | undefined {
  const run = Object.hasOwn(OWN_METHODS, name) ? OWN_METHODS[name] : undefined
  if (run !== undefined) return new BoundMethod('Markup', name, (call) => run(markup, call, access))
  const method = Object.hasOwn(STRING_METHODS, name) ? STRING_METHODS[name] : undefined
  if (method === undefined) return undefined
  return new BoundMethod('Markup', name, (call) => {
    const escapedAt = Object.hasOwn(ESCAPED_ARGUMENT, name) ? ESCAPED_ARGUMENT[name] : undefined
    const args = call.args.map((arg, at) => (at === escapedAt ? escape(arg).text : plainText(arg)))
    const result = method(markup.text, { ...call, args })
    return SAFE_RESULTS.has(name) ? safe(result) : result
  })
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
  format: (markup, call, access) =>
    new Markup(
      formatText(markup.text, call, access, (value, text) => (value instanceof Markup ? text : escapeText(text))),
    ),
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
      .split(/[\s\x1c-\x1f\x85]+/)
      .filter((word) => word !== '')
      .join(' '),
  )
}
