/** What the schemas of trigger types tell a form: parameters, the fields of a payload, an example. Pure. */
import { type JsonType, MASK, type ParameterSchema, type ParameterSchemas } from '@st2/model'
import { isRecord, type JsonRecord } from '../json-record.ts'

/** Deeper fields are typed by hand. */
const MAX_DEPTH = 6
const MAX_FIELDS = 500

/** The properties of a schema as a form takes them, `required` in either of its spellings. */
export function parameterSchemasOf(schema: JsonRecord): ParameterSchemas {
  const { properties, required } = schema
  if (!isRecord(properties)) return {}
  const names: readonly unknown[] = Array.isArray(required) ? required : []
  return Object.fromEntries(
    Object.entries(properties)
      .filter((entry): entry is [string, JsonRecord] => isRecord(entry[1]))
      .map(([name, property], index): [string, ParameterSchema] => [
        name,
        // In their author's order, as days come before hours.
        { position: index, ...typed(property), ...(names.includes(name) ? { required: true } : {}) },
      ]),
  )
}

/** Alternatives of plain types are one type that has several names: forms know what to do with it. */
function typed(property: JsonRecord): ParameterSchema {
  const types = alternatives(property)
  return property['type'] === undefined && types !== null ? { ...property, type: types } : property
}

function alternatives({ anyOf }: JsonRecord): JsonType[] | null {
  if (!Array.isArray(anyOf)) return null
  const types = anyOf.flatMap((choice: unknown) =>
    isRecord(choice) && isJsonType(choice['type']) ? [choice['type']] : [],
  )
  return types.length === anyOf.length && types.length > 0 ? types : null
}

const JSON_TYPES: readonly JsonType[] = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null']

function isJsonType(value: unknown): value is JsonType {
  return JSON_TYPES.some((type) => type === value)
}

export interface EventField {
  /** `trigger.body.ref`, as criteria and templates spell it. */
  readonly path: string
  readonly type: string
  readonly description: string
}

/** Every field that the schema of a payload names, at any depth. */
export function eventFields(payloadSchema: JsonRecord): EventField[] {
  const found: EventField[] = []
  collect(payloadSchema, 'trigger', found, 0)
  return found
}

function collect(schema: JsonRecord, path: string, found: EventField[], depth: number): void {
  const { properties } = schema
  if (!isRecord(properties) || depth > MAX_DEPTH) return
  for (const [name, property] of Object.entries(properties)) {
    if (found.length >= MAX_FIELDS || !isRecord(property)) continue
    const here = `${path}${step(name)}`
    found.push({ path: here, type: typeWords(property), description: textOf(property['description']) })
    collect(property, here, found, depth + 1)
    if (isRecord(property['items'])) collect(property['items'], `${here}[0]`, found, depth + 1)
  }
}

/** Names that a path cannot hold as they are stand in brackets. */
function step(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? `.${name}` : `['${name}']`
}

export function typeWords(schema: JsonRecord): string {
  const type = schema['type'] ?? alternatives(schema)
  if (Array.isArray(type)) return type.map(String).join(' or ')
  return typeof type === 'string' ? type : 'any'
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A payload to begin with: one value of the right type for each field. */
export function samplePayload(schema: JsonRecord): Record<string, unknown> {
  const sample = sampleOf({ type: 'object', ...schema }, 0)
  return isRecord(sample) ? { ...sample } : {}
}

function sampleOf(schema: JsonRecord, depth: number): unknown {
  if (schema['default'] !== undefined) return schema['default']
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  const type = schema['type'] ?? alternatives(schema)
  const first: unknown = Array.isArray(type) ? type.at(-1) : type
  if (first === 'object' || isRecord(schema['properties'])) {
    const properties = isRecord(schema['properties']) && depth < MAX_DEPTH ? schema['properties'] : {}
    return Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [
        name,
        sampleOf(isRecord(property) ? property : {}, depth + 1),
      ]),
    )
  }
  return first === 'array' ? [] : (SAMPLES.get(first) ?? '')
}

const SAMPLES: ReadonlyMap<unknown, unknown> = new Map<unknown, unknown>([
  ['integer', 1],
  ['number', 1],
  ['boolean', true],
  ['null', null],
])

const SECRET_HEADER = /^(proxy-)?authorization$|cookie|token|secret|password|api-?key|signature/i

/** A payload as it may be shown: requests carry credentials in their headers. */
export function shownPayload(payload: JsonRecord): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [name, isHeaders(name, value) ? withoutSecrets(value) : value]),
  )
}

/** Whether a criterion looks at a header whose value is a credential: `trigger.headers['Authorization']`. */
export function isSecretPath(path: string): boolean {
  const header = /\bheaders(?:_lower)?(?:\.|\[['"])([\w-]+)/.exec(path)?.[1]
  return header !== undefined && SECRET_HEADER.test(header)
}

function isHeaders(name: string, value: unknown): value is JsonRecord {
  return (name === 'headers' || name === 'headers_lower') && isRecord(value)
}

function withoutSecrets(headers: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADER.test(name) ? MASK : value]),
  )
}
