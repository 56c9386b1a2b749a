import type { Collection, Document, HeaderField } from '@st2/model'
import type { HeaderValue } from '../../ports/store.ts'

/**
 * A document as it lies in MongoDB: its own keys, `id` as `_id`, and beside them the header fields under their names. Queries and
 * indexes use these copies, which are texts and integers only: what stands in the document at a header's path may be anything.
 */
export interface StoredDocument {
  _id: string
  [HEADER]?: Record<string, HeaderValue>
  [key: string]: unknown
}

/** No document has such a key: a leading dollar is escaped. */
export const HEADER = '_header'

/** Levels that are stored as they are; MongoDB refuses a document of more than 100. */
const MAX_LEVELS = 90
/** A deeper part is stored as its JSON text under this key. */
const JSON_KEY = '\uFF04json'

export function toStored<T extends Document>(collection: Collection<T>, document: T): StoredDocument {
  const { id, ...rest } = document
  return { _id: id, [HEADER]: headerOf(collection, document), ...escapedEntries(rest, 1) }
}

export function fromStored<T extends Document>(stored: StoredDocument): T {
  const { _id, [HEADER]: _header, ...rest } = stored
  // What toStored was given, by way of the database.
  return { id: _id, ...(unescaped(rest) as object) } as unknown as T
}

function headerOf<T extends Document>(collection: Collection<T>, document: T): Record<string, HeaderValue> {
  const header: Record<string, HeaderValue> = {}
  for (const [name, field] of Object.entries(collection.fields)) {
    const value = headerValue(document, field)
    if (value !== undefined) header[name] = value
  }
  return header
}

/** What the document holds at the path if it is of the field's type. */
function headerValue(document: object, field: HeaderField): string | number | undefined {
  const value = valueAtPath(document, field.path)
  if (field.type === 'text') return typeof value === 'string' ? value : undefined
  return Number.isSafeInteger(value) ? Number(value) : undefined
}

/** A dotted path of a document as MongoDB finds it. */
export function escapedPath(path: string): string {
  return path.split('.').map(escapedKey).join('.')
}

/** What stands at a dotted path; undefined where nothing does. Lists are not looked into. */
export function valueAtPath(document: object, path: string): unknown {
  let value: unknown = document
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined
    value = Reflect.get(value, name)
  }
  return value
}

/** `a.b` and `$x` mean something else to MongoDB. @source architecture.md 4 */
function escapedKey(key: string): string {
  const dotless = key.replaceAll('.', '\uFF0E').replaceAll('\0', '\uFF00')
  return dotless.startsWith('$') ? `\uFF04${dotless.slice(1)}` : dotless
}

function unescapedKey(key: string): string {
  const dotted = key.replaceAll('\uFF0E', '.').replaceAll('\uFF00', '\0')
  return dotted.startsWith('\uFF04') ? `$${dotted.slice(1)}` : dotted
}

function escapedEntries(value: object, level: number): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(entries.map(([key, item]) => [escapedKey(key), escaped(item, level + 1)]))
}

function escaped(value: unknown, level: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (level > MAX_LEVELS) return { [JSON_KEY]: JSON.stringify(value) }
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : escaped(item, level + 1)))
  return escapedEntries(value, level)
}

function unescaped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(unescaped)
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only?.[0] === JSON_KEY && typeof only[1] === 'string') return JSON.parse(only[1])
  return Object.fromEntries(entries.map(([key, item]) => [unescapedKey(key), unescaped(item)]))
}
