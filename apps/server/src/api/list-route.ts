import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Order } from '@st2/engine'
import type { JsonSchema, Permission } from '@st2/model'
import { type FilterFields, readOrder } from '../http/filters.ts'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import {
  type AttributeRules,
  type Page,
  project,
  readAttributes,
  readPage,
  refuseTooManyRows,
  sendPageHeaders,
} from '../http/listing.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { ATTRIBUTES_QUERY, listOf, PAGE_QUERY, SORT } from '../openapi/route-document.ts'

/** What all lists are told by the configuration. */
export interface ListLimits {
  /** `[api] max_page_size` */
  readonly maxPageSize: number
  /** `[api] max_list_rows`: of a list without a limit. */
  readonly maxListRows: number
}

export interface ListRoute<T extends object> {
  readonly url: string
  readonly permission: Permission
  readonly summary: string
  /** Filters, by name. */
  readonly query: Readonly<Record<string, JsonSchema>>
  /** Of one row. */
  readonly response: JsonSchema
  readonly attributes: AttributeRules
  /** Rows without `limit`; undefined: all of them. */
  readonly defaultLimit: number | undefined
  /** What `sort` may name; undefined: the resource has no such parameter. */
  readonly sortable?: FilterFields
  readonly find: (query: QueryParameters, page: ListPage) => Promise<Found<T>>
  /** The rows of the page as they are shown. @default as they are stored */
  readonly view?: (rows: readonly T[], request: FastifyRequest) => readonly object[] | Promise<readonly object[]>
}

export interface ListPage {
  /** Where none was asked for, the most that may be answered. */
  readonly limit: number
  readonly offset: number
  /** undefined: the resource's own. */
  readonly order?: readonly Order[]
}

export interface Found<T> {
  readonly rows: readonly T[]
  readonly total: number
}

/** A list with everything that lists share: page, filters, attributes, order, counts. @source rest-api.md 7 */
export function addListRoute<T extends object>(app: FastifyInstance, limits: ListLimits, route: ListRoute<T>): void {
  const query: Record<string, JsonSchema> = { ...route.query, ...PAGE_QUERY, ...ATTRIBUTES_QUERY }
  if (route.sortable !== undefined) query['sort'] = SORT
  const api = { summary: route.summary, query, response: listOf(route.response) }
  app.get(route.url, { config: { permission: route.permission, api } }, async (request, reply) => {
    const parameters = new QueryParameters(request)
    const page = readPage(parameters, principalOf(request), {
      defaultLimit: route.defaultLimit,
      maxPageSize: limits.maxPageSize,
    })
    const attributes = readAttributes(parameters, route.attributes)
    const { rows, total } = await route.find(parameters, listPage(page, route, parameters, limits))
    refuseTooManyRows(total, page, limits.maxListRows)
    const shown = route.view === undefined ? rows : await route.view(rows, request)
    sendPageHeaders(reply, total, page)
    return sendJson(
      reply,
      shown.map((row) => project({ ...row }, attributes, route.attributes.mandatory)),
    )
  })
}

/** A list without a limit reads no more than may be answered. */
function listPage<T extends object>(
  page: Page,
  route: ListRoute<T>,
  query: QueryParameters,
  { maxListRows }: ListLimits,
): ListPage {
  const order = route.sortable === undefined ? undefined : readOrder(query, route.sortable)
  return { limit: page.limit ?? maxListRows, offset: page.offset, ...(order === undefined ? {} : { order }) }
}

/** Attributes of a resource that its schema names; any may be left out. */
export function attributesOf(
  schema: { readonly properties: Readonly<Record<string, unknown>> },
  mandatory: readonly string[] = [],
): AttributeRules {
  return { known: Object.keys(schema.properties), excludable: null, mandatory }
}
