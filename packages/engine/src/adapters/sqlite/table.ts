import type { CountedFields, HeaderType, IndexSpec } from '@st2/model'
import type { Cell } from './protocol.ts'

/** What a table needs of a collection; plain data, so that it crosses to a thread. */
export interface TableSpec {
  readonly name: string
  readonly fields: Readonly<Record<string, { readonly path: string; readonly type: HeaderType }>>
  readonly indexes: readonly IndexSpec[]
  readonly counted?: CountedFields | undefined
  readonly constant?: readonly string[] | undefined
}

export interface TableColumn {
  readonly name: string
  readonly path: string
  readonly segments: readonly string[]
  readonly type: HeaderType
}

export interface TableIndex {
  /** Says everything about the index, so that a changed declaration is another name. */
  readonly name: string
  /** The declared fields; where the index is not unique, `id` follows, so that it also gives the order of ties. */
  readonly fields: readonly string[]
  readonly declared: readonly string[]
  readonly unique: boolean
  readonly sparse: string | null
}

/** A collection as a table: `id`, `rev`, one column per header field, `doc`. */
export interface Table {
  readonly name: string
  readonly columns: readonly TableColumn[]
  readonly columnNumbers: ReadonlyMap<string, number>
  readonly indexes: readonly TableIndex[]
  readonly counter: Counter | null
  /** Names of fields that stay as they were inserted. */
  readonly constant: readonly string[]
}

/** The counter table of a collection: one row per combination of values that occurs. */
export interface Counter {
  readonly name: string
  /** Header column numbers, of the values first and then of the fields only counted as present. */
  readonly columns: readonly number[]
  readonly values: readonly string[]
  readonly presence: readonly string[]
}

const RESERVED = new Set(['id', 'rev', 'doc', 'rowid'])

export function tableOf(spec: TableSpec): Table {
  const columns = Object.entries(spec.fields).map(([name, field]) => {
    if (RESERVED.has(name.toLowerCase())) throw new Error(`collection "${spec.name}" may not call a field "${name}"`)
    const segments = field.path.split('.')
    if (spec.constant?.includes(segments[0] ?? '') === true)
      throw new Error(`the field "${name}" of collection "${spec.name}" stands in what is constant`)
    return { name, path: field.path, segments, type: field.type }
  })
  const columnNumbers = new Map(columns.map((column, number) => [column.name, number]))
  return {
    name: spec.name,
    columns,
    columnNumbers,
    indexes: [idIndex(spec.name), ...spec.indexes.map((index) => tableIndex(spec, index))],
    counter: counterOf(spec, columnNumbers),
    constant: spec.constant ?? [],
  }
}

/** The header of a document: what stands at each declared path, null where it is absent or of another type. */
export function headerOf(table: Table, document: object): Cell[] {
  return table.columns.map((column) => cellOf(column, document))
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function cellOf(column: TableColumn, document: object): Cell {
  const value = valueAt(document, column.segments)
  if (column.type === 'text') return typeof value === 'string' ? value : null
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

/** The value at a path of own properties; undefined where there is none. */
export function valueAt(document: object, segments: readonly string[]): unknown {
  let value: unknown = document
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined
    value = Reflect.get(value, segment)
  }
  return value
}

function idIndex(table: string): TableIndex {
  return { name: `${table}__id__unique`, fields: ['id'], declared: ['id'], unique: true, sparse: null }
}

function tableIndex(spec: TableSpec, index: IndexSpec): TableIndex {
  for (const field of [...index.fields, ...(index.sparse === undefined ? [] : [index.sparse])]) {
    if (field !== 'id' && !Object.hasOwn(spec.fields, field))
      throw new Error(`collection "${spec.name}" has an index over "${field}", which is no field of it`)
  }
  const unique = index.unique === true
  const tie = unique || index.fields.includes('id') ? [] : ['id']
  const marks = [...(unique ? ['unique'] : []), ...(index.sparse === undefined ? [] : [`sparse_${index.sparse}`])]
  return {
    name: [spec.name, ...index.fields, ...marks].join('__'),
    fields: [...index.fields, ...tie],
    declared: index.fields,
    unique,
    sparse: index.sparse ?? null,
  }
}

function counterOf(spec: TableSpec, columnNumbers: ReadonlyMap<string, number>): Counter | null {
  if (spec.counted === undefined) return null
  const { values, presence } = spec.counted
  const columns = [...values, ...presence].map((field) => {
    const number = columnNumbers.get(field)
    if (number === undefined) throw new Error(`collection "${spec.name}" counts "${field}", which is no field of it`)
    return number
  })
  return { name: `${spec.name}__counter`, columns, values, presence }
}
