import { faultSchema, type JsonSchema } from '@st2/model'
import type { Schema } from '@st2/schema'
import { openapiSchema, schemaOrReference } from './openapi-schema.ts'
import type { DocumentedRoute } from './route-document.ts'

export interface OpenapiInfo {
  /** Of the API. */
  readonly version: string
}

/** The OpenAPI 3.1 document of these routes. */
export function openapiDocument(routes: readonly DocumentedRoute[], info: OpenapiInfo): Record<string, unknown> {
  const schemas = new NamedSchemas()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = (paths[pathOf(route.url)] ??= {})
    path[route.method.toLowerCase()] = operation(route, schemas)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'StackStorm API',
      version: info.version,
      description:
        'Every path may be asked for without its version, too. Lists answer how many rows there are in X-Total-Count.',
    },
    servers: [{ url: '/' }],
    security: CREDENTIALS.map((name) => ({ [name]: [] })),
    tags: [...new Set(routes.map(({ url }) => tagOf(url)))].sort().map((name) => ({ name })),
    paths,
    components: { securitySchemes: SECURITY_SCHEMES, schemas: schemas.written() },
  }
}

const CREDENTIALS = ['token', 'apiKey', 'tokenInQuery', 'apiKeyInQuery', 'cookie'] as const

const SECURITY_SCHEMES = {
  token: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' },
  apiKey: { type: 'apiKey', in: 'header', name: 'St2-Api-Key' },
  tokenInQuery: { type: 'apiKey', in: 'query', name: 'x-auth-token' },
  apiKeyInQuery: { type: 'apiKey', in: 'query', name: 'st2-api-key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'auth-token' },
  basic: { type: 'http', scheme: 'basic' },
} as const

const REFERENCE = '#/components/schemas/'

/** Schemas with a title stand once, and are referred to. */
class NamedSchemas {
  readonly #byTitle = new Map<string, string>()
  readonly #written: Record<string, unknown> = {}

  readonly refer = (schema: Schema): string | null => {
    const { title } = schema
    if (typeof title !== 'string') return null
    // Where it is used, it may say that it is required, and what it is for.
    const { required: _required, description: _description, ...itself } = schema
    const text = JSON.stringify(itself)
    const known = this.#byTitle.get(title)
    if (known !== undefined && known !== text) throw new Error(`two schemas have the title "${title}"`)
    if (known === undefined) {
      this.#byTitle.set(title, text)
      this.#written[title] = openapiSchema(itself, this.refer)
    }
    return REFERENCE + title
  }

  written(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.#written).sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}

function operation(route: DocumentedRoute, schemas: NamedSchemas): Record<string, unknown> {
  const { api, permission, url } = route
  const convert = (schema: JsonSchema) => schemaOrReference({ ...schema }, schemas.refer)
  const parameters = [
    ...parametersOf(url).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...Object.entries(api.query ?? {}).map(([name, schema]) => queryParameter(name, schema, convert)),
  ]
  return {
    operationId: operationId(route),
    summary: api.summary,
    tags: [tagOf(url)],
    'x-permission': permission,
    ...(permission === 'public' ? { security: publicSecurity(url) } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(api.body === undefined ? {} : { requestBody: { content: json(convert(api.body)) } }),
    responses: {
      [api.status ?? 200]: {
        description: 'Success',
        ...(api.response === undefined
          ? {}
          : { content: { [api.contentType ?? 'application/json']: { schema: convert(api.response) } } }),
      },
      default: { description: 'Refused, or failed', content: json(convert(faultSchema)) },
    },
  }
}

function queryParameter(name: string, schema: JsonSchema, convert: (schema: JsonSchema) => Schema) {
  const { description, required, ...itself } = schema
  return {
    name,
    in: 'query',
    ...(required === true ? { required } : {}),
    ...(description === undefined ? {} : { description }),
    schema: convert(itself),
  }
}

function json(schema: Schema) {
  return { 'application/json': { schema } }
}

/** The login takes name and password. */
function publicSecurity(url: string): readonly Record<string, readonly string[]>[] {
  return url === '/auth/v1/tokens' ? [{ basic: [] }] : []
}

function pathOf(url: string): string {
  return url.replace(/:([A-Za-z]+)/g, '{$1}').replace('*', '{path}')
}

function parametersOf(url: string): string[] {
  return [...pathOf(url).matchAll(/\{([A-Za-z]+)\}/g)].map(([, name = '']) => name)
}

/** `/api/v1/actions/views/overview` → `actions`; the service where there is nothing behind it. */
function tagOf(url: string): string {
  const [, service = '', , resource] = url.split('/')
  return resource === undefined || service === 'auth' ? service : resource
}

function operationId({ method, url }: DocumentedRoute): string {
  const words = pathOf(url)
    .replace('/v1', '')
    .split(/[^A-Za-z0-9]+/)
  return [method.toLowerCase(), ...words].filter((word) => word !== '').join('_')
}
