import type { FastifyReply } from 'fastify'
import type { Principal } from '@st2/engine'
import { AccessDeniedError, InvalidError } from '@st2/model'
import type { QueryParameters } from './query-parameters.ts'

/** Which part of a list is asked for. @source rest-api.md 7.1 */
export interface Page {
  /** undefined: all rows. */
  readonly limit: number | undefined
  readonly offset: number
}

export interface PageRules {
  /** undefined: all rows. */
  readonly defaultLimit: number | undefined
  /** `[api] max_page_size`, for those who are not admins. */
  readonly maxPageSize: number
}

const MAX_OFFSET = 2 ** 31

export function readPage(query: QueryParameters, principal: Principal, rules: PageRules): Page {
  return { limit: readLimit(query.integer('limit'), principal, rules), offset: readOffset(query.integer('offset')) }
}

function readLimit(limit: number | undefined, principal: Principal, rules: PageRules): number | undefined {
  if (limit === undefined) return rules.defaultLimit
  if (limit === 0) {
    throw new InvalidError('Limit, "0" specified, must be a positive number or -1 for full result set.')
  }
  if (limit < -1) throw new InvalidError(`Limit, "${limit}" specified, must be a positive number.`)
  if (limit === -1) {
    if (principal.isAdmin) return undefined
    throw new AccessDeniedError(
      'Administrator access required to be able to specify limit=-1 and retrieve all the records',
    )
  }
  if (limit > rules.maxPageSize && !principal.isAdmin) {
    throw new AccessDeniedError(`Limit "${limit}" specified, maximum value is "${rules.maxPageSize}"`)
  }
  return limit
}

function readOffset(offset: number | undefined): number {
  if (offset === undefined) return 0
  if (offset >= MAX_OFFSET) throw new InvalidError(`Offset "${offset}" specified is more than 32-bit int`)
  if (offset < 0) throw new InvalidError(`Offset "${offset}" specified, must not be negative.`)
  return offset
}

/** A list without a limit is answered whole or not at all: never in part, and never without bound. */
export function refuseTooManyRows(total: number, page: Page, maxListRows: number): void {
  const rows = total - page.offset
  if (page.limit !== undefined || rows <= maxListRows) return
  throw new InvalidError(
    `The list has ${rows} rows; without a limit at most ${maxListRows} are answered (api.max_list_rows). ` +
      'Page through it with limit and offset.',
  )
}

export function sendPageHeaders(reply: FastifyReply, total: number, page: Page): void {
  reply.header('x-total-count', String(total))
  if (page.limit !== undefined) reply.header('x-limit', String(page.limit))
}

/** Which attributes of each row are asked for. @source rest-api.md 7.3 */
export interface Attributes {
  readonly include: readonly string[] | null
  readonly exclude: readonly string[]
}

export interface AttributeRules {
  /** First segments that may be named. */
  readonly known: readonly string[]
  /** What exclude_attributes may name; null: anything known. */
  readonly excludable: readonly string[] | null
  /** Paths that a projection always keeps, beside `id`. */
  readonly mandatory: readonly string[]
}

/** What every row shows, whatever is asked for: `ref` where the resource has one. @source rest-api.md 7.3 */
const ALWAYS_SHOWN = ['id', 'ref']

export function readAttributes(query: QueryParameters, rules: AttributeRules): Attributes {
  const include = query.list('include_attributes')
  const exclude = query.list('exclude_attributes')
  if (include !== undefined && exclude !== undefined) {
    throw new InvalidError(
      'exclude_fields and include_fields arguments are mutually exclusive. ' +
        'You need to provide either one or another, but not both.',
    )
  }
  const excludable = rules.excludable ?? rules.known
  for (const name of named(include)) refuseUnknown('include', name, rules.known.includes(firstSegment(name)))
  for (const name of named(exclude)) refuseUnknown('exclude', name, excludable.includes(firstSegment(name)))
  return { include: named(include).length > 0 ? named(include) : null, exclude: named(exclude) }
}

function named(names: readonly string[] | undefined): readonly string[] {
  return (names ?? []).filter((name) => name !== '')
}

function refuseUnknown(kind: 'include' | 'exclude', name: string, isKnown: boolean): void {
  if (!isKnown) throw new InvalidError(`Invalid or unsupported ${kind} attribute specified: ${name}`)
}

/** Keeps what was asked for: whole top-level attributes on the way out, only the named parts within them. */
export function project(
  row: Record<string, unknown>,
  attributes: Attributes,
  mandatory: readonly string[],
): Record<string, unknown> {
  const { include, exclude } = attributes
  if (include !== null) return pickPaths(row, [...include, ...mandatory, 'id'], include)
  if (exclude.length === 0) return row
  const excluded = exclude.map(firstSegment)
  return Object.fromEntries(Object.entries(row).filter(([key]) => !excluded.includes(key)))
}

function pickPaths(
  row: Record<string, unknown>,
  paths: readonly string[],
  include: readonly string[],
): Record<string, unknown> {
  const wanted = new Set([...include.map(firstSegment), ...ALWAYS_SHOWN])
  const picked: Record<string, unknown> = {}
  for (const key of wanted) {
    if (!(key in row)) continue
    const whole = include.includes(key) || ALWAYS_SHOWN.includes(key)
    picked[key] = whole ? row[key] : pickWithin(row[key], paths, key)
  }
  return picked
}

function pickWithin(value: unknown, paths: readonly string[], key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  if (paths.includes(key)) return value
  const inner = paths.filter((path) => path.startsWith(`${key}.`)).map((path) => path.slice(key.length + 1))
  const keep = new Set(inner.map(firstSegment))
  return Object.fromEntries(Object.entries(value).filter(([name]) => keep.has(name)))
}

function firstSegment(name: string): string {
  const dot = name.indexOf('.')
  return dot === -1 ? name : name.slice(0, dot)
}
