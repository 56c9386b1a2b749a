import type { FastifyInstance } from 'fastify'
import { type Engine, packTexts, registerPacks } from '@st2/engine'
import { NotFoundError, type Pack, packRegisterSchema, packSchema } from '@st2/model'
import { contentTypeOf } from '../http/content-type.ts'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { type AttributeRules, project, readAttributes, readPage, sendPageHeaders } from '../http/listing.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { bodyReader } from '../http/request-body.ts'
import { ATTRIBUTES_QUERY, listOf, PAGE_QUERY, TEXT } from '../openapi/route-document.ts'

const ATTRIBUTES: AttributeRules = {
  known: [
    'id',
    'ref',
    'uid',
    'name',
    'description',
    'version',
    'author',
    'email',
    'keywords',
    'contributors',
    'dependencies',
    'files',
    'python_versions',
    'stackstorm_version',
    'system',
    'path',
  ],
  excludable: null,
  mandatory: [],
}

export interface PackRoutesOptions {
  readonly engine: Engine
  readonly maxPageSize: number
}

const FILES = listOf({
  type: 'object',
  properties: { file_path: { type: 'string', required: true }, content: { type: 'string', required: true } },
})
const REGISTERED = {
  type: 'object',
  properties: {
    problems: {
      type: 'array',
      items: { type: 'string' },
      description: 'What could not be registered, when fail_on_failure is false.',
    },
  },
  additionalProperties: { type: 'integer' },
} as const

const readRegister = bodyReader(packRegisterSchema)

const LIST_QUERY = { name: { type: 'string' }, ref: { type: 'string' }, ...PAGE_QUERY, ...ATTRIBUTES_QUERY } as const

/** Packs as they are registered; installing them comes with pack management. @source rest-api.md 9.8 */
export function packRoutes(app: FastifyInstance, { engine, maxPageSize }: PackRoutesOptions): void {
  app.get(
    '/api/v1/packs',
    {
      config: {
        permission: 'pack_list',
        api: { summary: 'Lists packs', query: LIST_QUERY, response: listOf(packSchema) },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const page = readPage(query, principalOf(request), { defaultLimit: 100, maxPageSize })
      const attributes = readAttributes(query, ATTRIBUTES)
      const { rows, total } = await engine.packs.list({ ...page, name: query.filter('name'), ref: query.filter('ref') })
      sendPageHeaders(reply, total, page)
      return sendJson(
        reply,
        rows.map((pack) => project({ ...pack }, attributes, ATTRIBUTES.mandatory)),
      )
    },
  )

  app.get<ByRef>(
    '/api/v1/packs/:ref',
    {
      config: {
        permission: 'pack_view',
        api: { summary: 'One pack, by ref or id', response: packSchema },
      },
    },
    async (request, reply) => {
      return sendJson(reply, await findPack(request.params.ref))
    },
  )

  app.get<ByFile>(
    '/api/v1/packs/views/file/:ref/*',
    { config: { permission: 'pack_view', api: { summary: 'A file of a pack', response: TEXT, contentType: '*/*' } } },
    async (request, reply) => {
      const pack = await findPack(request.params.ref)
      const path = request.params['*']
      const file = await engine.packFiles.readFile(pack.ref, path)
      const etag = String(file.mtimeMs / 1000)
      const modified = new Date(file.mtimeMs).toUTCString()
      reply.header('etag', etag).header('last-modified', modified)
      if (request.headers['if-none-match'] === etag || request.headers['if-modified-since'] === modified) {
        return reply.code(304).send()
      }
      return reply.header('content-type', contentTypeOf(path)).send(file.content)
    },
  )

  app.get<ByRef>(
    '/api/v1/packs/views/files/:ref',
    {
      config: {
        permission: 'pack_view',
        api: { summary: 'The texts of a pack', response: FILES },
      },
    },
    async (request, reply) => sendJson(reply, await packTexts(engine.packFiles, await findPack(request.params.ref))),
  )

  app.post(
    '/api/v1/packs/register',
    {
      config: {
        permission: 'pack_register',
        api: { summary: 'Registers packs that are on disk', body: packRegisterSchema, response: REGISTERED },
      },
    },
    async (request, reply) =>
      sendJson(reply, await registerPacks(engine.registerPacksDeps, principalOf(request), readRegister(request))),
  )

  async function findPack(refOrId: string): Promise<Pack> {
    const pack = await engine.packs.findByRefOrId(refOrId)
    if (pack === null) throw new NotFoundError(`Resource with a ref or id "${refOrId}" not found`)
    return pack
  }
}

interface ByRef {
  Params: { ref: string }
}

interface ByFile {
  Params: { ref: string; '*': string }
}
