import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Engine, listKeys, readKey, removeKey, setKey, type ShownKey, splitUserName } from '@st2/engine'
import { keyValuePairSchema, keyValueSetSchema, NotFoundError } from '@st2/model'
import { readOrder } from '../http/filters.ts'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { readPage } from '../http/listing.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { bodyReader } from '../http/request-body.ts'
import { listOf, PAGE_QUERY, TEXT } from '../openapi/route-document.ts'

const DEFAULT_LIMIT = 100
const SORTABLE = { id: 'id', name: 'name', scope: 'scope' }

export interface KeyRoutesOptions {
  readonly engine: Engine
  readonly maxPageSize: number
  readonly maxListRows: number
}

const PLACE_QUERY = { scope: TEXT, user: TEXT } as const
const DECRYPT_QUERY = { decrypt: { type: 'boolean' } } as const
const LIST_QUERY = {
  ...PLACE_QUERY,
  ...DECRYPT_QUERY,
  prefix: TEXT,
  id: TEXT,
  name: TEXT,
  sort: TEXT,
  ...PAGE_QUERY,
} as const

/** Null and 0 mean no limit; upstream's text for what is no integer does not offer null. */
const SET_BODY = {
  ...keyValueSetSchema,
  properties: { ...keyValueSetSchema.properties, ttl: { ...keyValueSetSchema.properties.ttl, default: 0 } },
} as const
const readSet = bodyReader(SET_BODY)

/** The datastore. @source rest-api.md 9.10 */
export function keyRoutes(app: FastifyInstance, { engine, maxPageSize, maxListRows }: KeyRoutesOptions): void {
  const deps = engine.keyValueDeps

  app.get(
    '/api/v1/keys',
    {
      config: {
        permission: 'key_value_pair_list',
        api: { summary: 'Lists datastore items', query: LIST_QUERY, response: listOf(keyValuePairSchema) },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const page = readPage(query, principalOf(request), { defaultLimit: DEFAULT_LIMIT, maxPageSize })
      const shown = await listKeys(deps, principalOf(request), {
        ...placeOf(query),
        prefix: query.filter('prefix') ?? '',
        id: query.filter('id'),
        name: query.filter('name'),
        decrypts: query.boolean('decrypt') === true,
        order: readOrder(query, SORTABLE) ?? [],
        limit: page.limit ?? maxListRows,
        offset: page.offset,
      })
      return sendJson(reply, shown.map(keyView))
    },
  )

  app.get<ByName>(
    '/api/v1/keys/:name',
    {
      config: {
        permission: 'key_value_pair_view',
        api: {
          summary: 'One datastore item',
          query: { ...PLACE_QUERY, ...DECRYPT_QUERY },
          response: keyValuePairSchema,
        },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const decrypts = query.boolean('decrypt') === true
      return sendJson(
        reply,
        keyView(await readKey(deps, principalOf(request), nameOf(request), placeOf(query), decrypts)),
      )
    },
  )

  app.put<ByName>(
    '/api/v1/keys/:name',
    {
      config: {
        permission: 'key_value_pair_set',
        api: {
          summary: 'Creates or replaces a datastore item',
          query: PLACE_QUERY,
          body: SET_BODY,
          response: keyValuePairSchema,
        },
      },
    },
    async (request, reply) => {
      const place = placeOf(new QueryParameters(request))
      const shown = await setKey(deps, principalOf(request), nameOf(request), place, readSet(request))
      return sendJson(reply, keyView(shown))
    },
  )

  app.delete<ByName>(
    '/api/v1/keys/:name',
    {
      config: {
        permission: 'key_value_pair_delete',
        api: { summary: 'Removes a datastore item', query: PLACE_QUERY, status: 204 },
      },
    },
    async (request, reply) => {
      await removeKey(deps, principalOf(request), nameOf(request), placeOf(new QueryParameters(request)))
      return reply.code(204).send()
    },
  )
}

interface ByName {
  Params: { name: string }
}

/** A name has no slash: one that was percent-encoded finds nothing, as upstream. */
function nameOf(request: FastifyRequest<ByName>): string {
  const { name } = request.params
  if (name.includes('/')) throw new NotFoundError('The resource could not be found.')
  return name
}

function placeOf(query: QueryParameters): { scope: string | undefined; user: string | undefined } {
  return { scope: query.filter('scope'), user: query.filter('user') }
}

function keyView({ item, value, isEncrypted }: ShownKey): Record<string, unknown> {
  const owned = item.scope === 'st2kv.user' ? splitUserName(item.name) : { name: item.name }
  return {
    id: item.id,
    uid: item.uid,
    scope: item.scope,
    ...owned,
    value,
    secret: item.secret,
    encrypted: isEncrypted,
    ...(item.description === undefined ? {} : { description: item.description }),
    ...(item.expire_timestamp === undefined ? {} : { expire_timestamp: item.expire_timestamp }),
  }
}
