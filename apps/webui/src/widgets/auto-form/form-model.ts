import type { JsonType, ParameterSchema, ParameterSchemas } from '@st2/model'
import { isSchema, validate } from '@st2/schema'

/** What is edited for one parameter. Everything is text until it is read, so that nothing typed is ever lost. */
export type FieldKind = 'string' | 'integer' | 'number' | 'boolean' | 'enum' | 'list' | 'choices' | 'object'

export interface FormField {
  readonly name: string
  readonly kind: FieldKind
  readonly required: boolean
  readonly secret: boolean
  readonly description: string
  /** The default as it would be typed; null when there is none. */
  readonly defaultText: string | null
  /** For `enum` and `choices`. */
  readonly options: readonly { readonly text: string; readonly value: unknown }[]
  readonly schema: ParameterSchema
  readonly asks: FieldPurpose
}

/** Parameters may be given as expressions, which are computed when it runs; answers are what they are. */
export type FieldPurpose = 'parameter' | 'answer'

export interface FieldEntry {
  readonly text: string
  /** An expression is typed in a plain text input, whatever the kind. */
  readonly isExpression: boolean
}

export type FormEntries = Readonly<Record<string, FieldEntry>>

export type FieldValue =
  | { readonly kind: 'unset' }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'invalid'; readonly reason: string }

export const EMPTY_ENTRY: FieldEntry = { text: '', isExpression: false }

/** Parameters a caller may give: by position, then required ones, then by name. */
export function fieldsOf(parameters: ParameterSchemas, asks: FieldPurpose = 'parameter'): FormField[] {
  return Object.entries(parameters)
    .filter(([, schema]) => schema.immutable !== true)
    .sort(([nameA, a], [nameB, b]) => {
      const positions = (a.position ?? Number.POSITIVE_INFINITY) - (b.position ?? Number.POSITIVE_INFINITY)
      if (positions !== 0 && !Number.isNaN(positions)) return positions
      return Number(b.required === true) - Number(a.required === true) || nameA.localeCompare(nameB)
    })
    .map(([name, schema]) => fieldOf(name, schema, asks))
}

function fieldOf(name: string, schema: ParameterSchema, asks: FieldPurpose): FormField {
  const kind = kindOf(schema)
  const offered = kind === 'choices' ? itemSchema(schema)?.enum : schema.enum
  return {
    name,
    kind,
    required: schema.required === true,
    secret: schema.secret === true,
    description: schema.description ?? '',
    defaultText: schema.default == null || schema.secret === true ? null : textOf(schema.default),
    options: (offered ?? []).map((value) => ({ text: textOf(value), value })),
    schema,
    asks,
  }
}

const KIND_OF_TYPE: Readonly<Record<JsonType, FieldKind>> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
  null: 'string',
}

function kindOf(schema: ParameterSchema): FieldKind {
  if (schema.secret !== true && schema.enum !== undefined) return 'enum'
  const type = typeof schema.type === 'object' ? schema.type.find((name) => name !== 'null') : schema.type
  const kind = KIND_OF_TYPE[type ?? 'string']
  if (schema.secret === true) return kind === 'boolean' ? 'string' : kind
  return kind === 'list' && itemSchema(schema)?.enum !== undefined ? 'choices' : kind
}

function itemSchema(schema: ParameterSchema): ParameterSchema | undefined {
  const { items } = schema
  return items === undefined || Array.isArray(items) ? undefined : (items as ParameterSchema)
}

/** A value as a person would type it. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : String(value)
}

const EXPRESSION = /^\s*(\{\{[\s\S]*\}\}|<%[\s\S]*%>)\s*$/

function isExpressionText(text: string): boolean {
  return EXPRESSION.test(text)
}

/** What is computed when it runs can be judged only then. */
function holdsExpression(text: string): boolean {
  return /\{\{[\s\S]*\}\}|<%[\s\S]*%>/.test(text)
}

export function entryOf(field: FormField, value: unknown): FieldEntry {
  if (value === undefined || value === null) return EMPTY_ENTRY
  const text = textOf(value)
  const isTyped = field.kind === 'enum' || field.kind === 'boolean' || field.kind === 'choices'
  return { text, isExpression: isTyped && isExpressionText(text) }
}

export function readField(field: FormField, entry: FieldEntry): FieldValue {
  if (entry.text.trim() === '') return { kind: 'unset' }
  const read = () => READERS[field.kind](entry.text, field)
  if (field.asks === 'answer') return fitting(field, read())
  if (isExpressionText(entry.text)) return { kind: 'value', value: entry.text }
  if (entry.isExpression) return invalid('an expression is written {{ … }} or <% … %>')
  return holdsExpression(entry.text) ? read() : fitting(field, read())
}

function fitting(field: FormField, read: FieldValue): FieldValue {
  return read.kind === 'value' ? checked(field, read.value) : read
}

export interface FormResult {
  readonly values: Readonly<Record<string, unknown>>
  readonly errors: Readonly<Record<string, string>>
}

/** @param given names that may stay empty although required: the server knows their values */
export function readForm(
  fields: readonly FormField[],
  entries: FormEntries,
  given: ReadonlySet<string> = new Set(),
): FormResult {
  const values: Record<string, unknown> = {}
  const errors: Record<string, string> = {}
  for (const field of fields) {
    const read = readField(field, entries[field.name] ?? EMPTY_ENTRY)
    if (read.kind === 'value') values[field.name] = read.value
    else if (read.kind === 'invalid') errors[field.name] = read.reason
    else if (field.required && field.schema.default === undefined && !given.has(field.name))
      errors[field.name] = MISSING[field.asks]
  }
  return { values, errors }
}

const MISSING: Readonly<Record<FieldPurpose, string>> = {
  parameter: 'parameter is required',
  answer: 'An answer is required',
}

type Reader = (text: string, field: FormField) => FieldValue

const INTEGER = /^\s*[-+]?\d+\s*$/

const READERS: Readonly<Record<FieldKind, Reader>> = {
  string: (text, field) => valid(isNumberToo(field, text) ? Number(text) : text),
  integer: (text) => (INTEGER.test(text) ? valid(Number(text)) : invalid(`'${text.trim()}' is not an integer`)),
  number: (text) => (Number.isFinite(Number(text)) ? valid(Number(text)) : invalid(`'${text.trim()}' is not a number`)),
  boolean: (text) => (text === 'true' || text === 'false' ? valid(text === 'true') : invalid('true or false')),
  enum: (text, field) => optionOf(field, text),
  list: (text, field) => readList(text, field),
  choices: (text, field) => readList(text, field),
  object: (text) => readObject(text),
}

/** Of a parameter that is a text or a number, what looks like a number is one. */
function isNumberToo({ schema: { type } }: FormField, text: string): boolean {
  if (typeof type !== 'object') return false
  // No empty text is read.
  if (type.includes('number')) return Number.isFinite(Number(text))
  return type.includes('integer') && INTEGER.test(text)
}

function optionOf(field: FormField, text: string): FieldValue {
  const option = field.options.find((candidate) => candidate.text === text)
  return option === undefined
    ? invalid(`'${text}' is not one of ${field.options.map(({ text: t }) => t).join(', ')}`)
    : valid(option.value)
}

/** JSON, or items separated by commas or line breaks. */
function readList(text: string, field: FormField): FieldValue {
  if (text.trim().startsWith('[')) {
    const parsed = parseJson(text)
    return parsed.kind === 'value' && !Array.isArray(parsed.value) ? invalid('not a list') : parsed
  }
  const items = text.split(/[,\n]/).flatMap((item) => (item.trim() === '' ? [] : [item.trim()]))
  const type = itemSchema(field.schema)?.type
  const values: unknown[] = []
  for (const item of items) {
    const read = readItem(item, type, field)
    if (read.kind !== 'value') return read
    values.push(read.value)
  }
  return valid(values)
}

function readItem(item: string, type: ParameterSchema['type'], field: FormField): FieldValue {
  if (type === 'integer' || type === 'number' || type === 'boolean') return READERS[type](item, field)
  if (type === 'object') return readObject(item)
  return valid(item)
}

function readObject(text: string): FieldValue {
  const parsed = parseJson(text)
  if (parsed.kind !== 'value') return parsed
  const isObject = typeof parsed.value === 'object' && parsed.value !== null && !Array.isArray(parsed.value)
  return isObject ? parsed : invalid('not a JSON object: write {"key": "value"}')
}

function parseJson(text: string): FieldValue {
  try {
    return valid(JSON.parse(text))
  } catch (error) {
    return invalid(`not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Bounds, lengths, patterns and nested schemas, by the code that the server uses. */
function checked(field: FormField, value: unknown): FieldValue {
  const { required: _required, immutable: _immutable, position: _position, default: _default, ...schema } = field.schema
  if (!isSchema(schema)) return valid(value)
  try {
    const failure = validate(schema, value)[0]
    return failure === undefined ? valid(value) : invalid(field.secret ? 'does not fit its schema' : failure.message)
  } catch {
    return valid(value) // a schema the browser cannot use is judged by the server
  }
}

function valid(value: unknown): FieldValue {
  return { kind: 'value', value }
}

function invalid(reason: string): FieldValue {
  return { kind: 'invalid', reason }
}
