/** `'{0.name} {key[1]!r:>8}'.format(…)` and `format_map`, reaching into values by the sandbox's rules. */
import {
  ascii,
  formatValue,
  getKey,
  isDict,
  PythonIndexError,
  PythonKeyError,
  PythonTypeError,
  PythonValueError,
  repr,
  str,
  typeName,
} from '@st2/python-values'
import { type Call, Markup, PyRange, textOf } from '../objects.ts'
import type { Scope } from '../scope.ts'
import { requireDefined, Undefined } from '../undefined.ts'

/** How fields reach into values: by the sandbox's rules, as everywhere. */
export interface Access {
  attribute: (object: unknown, name: string, scope: Scope) => unknown
  item: (object: unknown, key: unknown, scope: Scope) => unknown
}

/** What fields are filled with: values in their order, and a mapping. */
interface Given {
  args: readonly unknown[]
  mapping: unknown
}

interface Formatting {
  given: Given
  scope: Scope
  access: Access
  fields: FieldNumbers
  /** What becomes of a field's text. */
  format: (value: unknown, spec: string) => string
}

/** Levels of fields inside of specifications. @source Python's string.Formatter.vformat */
const MAX_NESTING = 2

/** @param safe escapes what is put in, as safe text does */
export function formatText(template: string, { args, kwargs, scope }: Call, access: Access, safe?: Escape): string {
  return formatGiven(template, { args, mapping: kwargs }, scope, access, safe)
}

type Escape = (text: string) => string

export function formatMap(template: string, { args, kwargs, scope }: Call, access: Access, safe?: Escape): string {
  if (Object.keys(kwargs).length > 0) throw new PythonTypeError('format_map() takes no keyword arguments')
  if (args.length !== 1) {
    throw new PythonTypeError(`format_map() takes exactly one argument (${args.length} given)`)
  }
  return formatGiven(template, { args: [], mapping: args[0] }, scope, access, safe)
}

function formatGiven(template: string, given: Given, scope: Scope, access: Access, safe?: Escape): string {
  const format = safe === undefined ? formatField : (value: unknown, spec: string) => formatSafely(value, spec, safe)
  const text = formatWith(template, { given, scope, access, fields: new FieldNumbers(), format }, MAX_NESTING)
  scope.budget.requireLength(text.length)
  return text
}

function formatField(value: unknown, spec: string): string {
  if (value instanceof Undefined && spec === '') requireDefined(value)
  return formatValue(textOf(value), spec)
}

/** @source markupsafe: EscapeFormatter */
function formatSafely(value: unknown, spec: string, escape: Escape): string {
  if (!(value instanceof Markup)) return escape(formatField(value, spec))
  if (spec === '') return value.text
  throw new PythonValueError(
    `Format specifier ${spec} given, but <class 'markupsafe.Markup'> does not define __html_format__. A class that defines __html__ must define __html_format__ to work with format specifiers.`,
  )
}

/** Fields are numbered by hand or by themselves, never both. */
class FieldNumbers {
  #next: number | null = 0

  resolve(name: string): string {
    if (name === '') {
      if (this.#next === null) throw mixedNumbers()
      return String(this.#next++)
    }
    if (/^\d+$/.test(name)) {
      if (this.#next !== null && this.#next > 0) throw mixedNumbers()
      this.#next = null
    }
    return name
  }
}

function mixedNumbers(): PythonValueError {
  return new PythonValueError('cannot switch from manual field specification to automatic field numbering')
}

interface ParsedField {
  name: string
  conversion: string | null
  spec: string
  /** Behind the closing brace. */
  end: number
}

function formatWith(template: string, formatting: Formatting, nesting: number): string {
  if (nesting < 0) throw new PythonValueError('Max string recursion exceeded')
  let text = ''
  let at = 0
  while (at < template.length) {
    const brace = nextBrace(template, at)
    text += template.slice(at, brace)
    if (brace === template.length) break
    const char = template[brace]
    if (template[brace + 1] === char) {
      text += char ?? ''
      at = brace + 2
      continue
    }
    if (char === '}') throw new PythonValueError("Single '}' encountered in format string")
    if (brace + 1 === template.length) throw new PythonValueError("Single '{' encountered in format string")
    const field = parseField(template, brace + 1)
    text += fieldText(field, formatting, nesting)
    formatting.scope.budget.requireLength(text.length)
    at = field.end
  }
  return text
}

function nextBrace(template: string, from: number): number {
  for (let at = from; at < template.length; at++) if (template[at] === '{' || template[at] === '}') return at
  return template.length
}

/** @source CPython: Objects/stringlib/unicode_format.h parse_field */
function parseField(template: string, start: number): ParsedField {
  const nameEnd = endOfName(template, start)
  const name = template.slice(start, nameEnd)
  const mark = template[nameEnd]
  if (mark === undefined) throw new PythonValueError("expected '}' before end of string")
  if (mark === '}') return { name, conversion: null, spec: '', end: nameEnd + 1 }
  if (mark === ':') return { name, conversion: null, ...specFrom(template, nameEnd + 1) }
  const conversion = template[nameEnd + 1]
  if (conversion === undefined) {
    throw new PythonValueError('end of string while looking for conversion specifier')
  }
  const behind = template[nameEnd + 2]
  if (behind === '}') return { name, conversion, spec: '', end: nameEnd + 3 }
  if (behind !== undefined && behind !== ':') {
    throw new PythonValueError("expected ':' after conversion specifier")
  }
  return { name, conversion, ...specFrom(template, nameEnd + 3) }
}

function endOfName(template: string, start: number): number {
  let at = start
  while (at < template.length && !'}:!'.includes(template[at] ?? '')) {
    if (template[at] === '{') throw new PythonValueError("unexpected '{' in field name")
    if (template[at] === '[') while (at < template.length && template[at] !== ']') at++
    else at++
  }
  return Math.min(at, template.length)
}

function specFrom(template: string, start: number): { spec: string; end: number } {
  let depth = 1
  for (let at = start; at < template.length; at++) {
    if (template[at] === '{') depth++
    else if (template[at] === '}' && --depth === 0) return { spec: template.slice(start, at), end: at + 1 }
  }
  throw new PythonValueError("unmatched '{' in format spec")
}

function fieldText(field: ParsedField, formatting: Formatting, nesting: number): string {
  formatting.scope.budget.spend()
  const value = convert(reach(formatting.fields.resolve(field.name), formatting), field.conversion)
  return formatting.format(value, formatWith(field.spec, formatting, nesting - 1))
}

function reach(name: string, { given, access, scope }: Formatting): unknown {
  const first = /^[^.[]*/.exec(name)?.[0] ?? ''
  let value = argument(first, given)
  let at = first.length
  while (at < name.length) {
    const isAttribute = name[at] === '.'
    if (!isAttribute && name[at] !== '[') {
      throw new PythonValueError("Only '.' or '[' may follow ']' in format field specifier")
    }
    const end = isAttribute ? endOfAttribute(name, at + 1) : name.indexOf(']', at)
    if (end === -1) throw new PythonValueError("Missing ']' in format string")
    const part = name.slice(at + 1, end)
    if (part === '') throw new PythonValueError('Empty attribute in format string')
    value = isAttribute
      ? access.attribute(value, part, scope)
      : access.item(value, /^\d+$/.test(part) ? Number(part) : part, scope)
    at = isAttribute ? end : end + 1
  }
  return value
}

function endOfAttribute(name: string, from: number): number {
  const length = name.slice(from).search(/[.[]/)
  return length === -1 ? name.length : from + length
}

function argument(name: string, { args, mapping }: Given): unknown {
  if (/^\d+$/.test(name)) {
    if (Number(name) < args.length) return args[Number(name)]
    throw new PythonIndexError('tuple index out of range')
  }
  if (isDict(mapping)) {
    const value = getKey(mapping, name)
    if (value === undefined) throw new PythonKeyError(repr(name))
    return value
  }
  if (mapping instanceof Undefined) throw mapping.error()
  const given = textOf(mapping)
  if (typeof given === 'string') throw new PythonTypeError("string indices must be integers, not 'str'")
  if (Array.isArray(given) || given instanceof PyRange) {
    throw new PythonTypeError(`${typeName(given)} indices must be integers or slices, not str`)
  }
  throw new PythonTypeError(`'${typeName(given)}' object is not subscriptable`)
}

function convert(value: unknown, conversion: string | null): unknown {
  if (conversion === null) return value
  if (conversion === 'r') return repr(value)
  if (conversion === 's') {
    if (value instanceof Undefined) requireDefined(value)
    return str(value)
  }
  if (conversion === 'a') return ascii(value)
  throw new PythonValueError(`Unknown conversion specifier ${conversion}`)
}
