import { PythonTypeError } from './errors.ts'
import { compare } from './compare.ts'
import { entriesOf } from './dict.ts'
import { type Dict, floatValue, isDict, isFloat, isInt, PyFloat, PyObject, typeName } from './kinds.ts'
import { requireWithin } from './limits.ts'
import { reprFloat } from './repr.ts'

export interface DumpOptions {
  /** @default false: the order of the keys is kept */
  sortKeys?: boolean
  /** Blanks per level, or the text to indent with. @default null: one line */
  indent?: number | string | null
  /** Between items and after a key. @default [', ', ': '], [',', ': '] when indented */
  separators?: readonly [string, string]
  /** @default true: everything beyond ASCII is escaped */
  ensureAscii?: boolean
}

interface Layout {
  sortKeys: boolean
  unit: string | null
  comma: string
  colon: string
  ascii: boolean
}

/**
 * Python's `json.dumps`.
 *
 * @throws PythonTypeError `Object of type X is not JSON serializable`
 */
export function dumpsJson(value: unknown, options: DumpOptions = {}): string {
  const indent = options.indent ?? null
  const [comma, colon] = options.separators ?? [indent === null ? ', ' : ',', ': ']
  const unit = typeof indent === 'number' ? ' '.repeat(Math.max(0, indent)) : indent
  return dump(value, { sortKeys: options.sortKeys ?? false, unit, comma, colon, ascii: options.ensureAscii ?? true }, 0)
}

function dump(value: unknown, layout: Layout, depth: number): string {
  requireWithin('valueDepth', depth)
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return quote(value, layout.ascii)
  if (typeof value === 'boolean') return String(value)
  if (isInt(value)) return BigInt(value).toString()
  if (isFloat(value)) return jsonFloat(floatValue(value))
  if (Array.isArray(value)) {
    return enclose(
      '[',
      ']',
      value.map((item) => dump(item, layout, depth + 1)),
      layout,
      depth,
    )
  }
  if (isDict(value)) return enclose('{', '}', dumpEntries(value, layout, depth), layout, depth)
  throw new PythonTypeError(`Object of type ${typeName(value)} is not JSON serializable`)
}

function dumpEntries(dict: Dict, layout: Layout, depth: number): string[] {
  const entries = entriesOf(dict)
  if (layout.sortKeys) entries.sort(([left], [right]) => compare(left, right))
  return entries.map(
    ([key, value]) => quote(jsonKey(key), layout.ascii) + layout.colon + dump(value, layout, depth + 1),
  )
}

function enclose(open: string, close: string, parts: string[], layout: Layout, depth: number): string {
  if (parts.length === 0 || layout.unit === null) return open + parts.join(layout.comma) + close
  const margin = `\n${layout.unit.repeat(depth)}`
  const inner = margin + layout.unit
  return open + inner + parts.join(layout.comma + inner) + margin + close
}

/** The name a dict's key has in JSON: numbers, booleans and None become text. */
function jsonKey(key: unknown): string {
  if (typeof key === 'string') return key
  if (key === null || typeof key === 'boolean') return String(key)
  if (isInt(key)) return BigInt(key).toString()
  if (isFloat(key)) return jsonFloat(floatValue(key))
  throw new PythonTypeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`)
}

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  return reprFloat(value)
}

const SHORT: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
}

function quote(text: string, ascii: boolean): string {
  const special = ascii ? /["\\]|[^ -~]/g : /["\\]|\p{Cc}/gu
  return `"${text.replace(special, (unit) => (!ascii && unit >= '\x7f' ? unit : escapeUnit(unit)))}"`
}

function escapeUnit(unit: string): string {
  return SHORT[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/**
 * A value as plain JSON data: wrapped floats and tuples are unwrapped, keys become text, big ints become numbers.
 *
 * @throws PythonTypeError for what JSON cannot hold
 */
export function toJsonValue(value: unknown): unknown {
  return plainAt(value, 0)
}

function plainAt(value: unknown, depth: number): unknown {
  requireWithin('valueDepth', depth)
  if (value === undefined) return null
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof PyFloat) return value.value
  if (Array.isArray(value)) return Array.from(value, (item) => plainAt(item, depth + 1))
  if (value instanceof Set) return Array.from(value, (item) => plainAt(item, depth + 1))
  if (isDict(value)) {
    return Object.fromEntries(entriesOf(value).map(([key, inner]) => [jsonKey(key), plainAt(inner, depth + 1)]))
  }
  const type = value instanceof PyObject ? value.pyType : typeof value
  throw new PythonTypeError(`Object of type ${type} is not JSON serializable`)
}
