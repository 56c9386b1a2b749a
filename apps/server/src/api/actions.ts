import type { FastifyInstance } from 'fastify'
import {
  type ActionFilter,
  actionRevision,
  type Engine,
  effectiveParameters,
  findAction,
  revisionText,
} from '@st2/engine'
import { type Action, actionSchema, NotFoundError } from '@st2/model'
import { contentTypeOf } from '../http/content-type.ts'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { type AttributeRules, project, readAttributes, readPage, sendPageHeaders } from '../http/listing.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { etagOf } from '../http/revisions.ts'
import { ATTRIBUTES_QUERY, ID_LIST, listOf, PAGE_QUERY, TEXT } from '../openapi/route-document.ts'

const ATTRIBUTES: AttributeRules = {
  known: [
    'id',
    'ref',
    'uid',
    'name',
    'pack',
    'description',
    'enabled',
    'runner_type',
    'entry_point',
    'parameters',
    'output_schema',
    'tags',
    'notify',
    'metadata_file',
  ],
  excludable: ['parameters', 'notify'],
  mandatory: ['pack', 'name'],
}

export interface ActionRoutesOptions {
  readonly engine: Engine
  readonly maxPageSize: number
}

const LIST_QUERY = {
  id: ID_LIST,
  name: { type: 'string' },
  pack: { type: 'string' },
  tags: { type: 'string', description: 'Name of a tag.' },
  ...PAGE_QUERY,
  ...ATTRIBUTES_QUERY,
} as const

const PARAMETERS = {
  type: 'object',
  properties: { parameters: { type: 'object', required: true, description: 'Parameter name → its schema.' } },
} as const

/** @source rest-api.md 9.2 */
export function actionRoutes(app: FastifyInstance, { engine, maxPageSize }: ActionRoutesOptions): void {
  app.get(
    '/api/v1/actions',
    {
      config: {
        permission: 'action_list',
        api: { summary: 'Lists actions', query: LIST_QUERY, response: listOf(actionSchema) },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const page = readPage(query, principalOf(request), { defaultLimit: undefined, maxPageSize })
      const attributes = readAttributes(query, ATTRIBUTES)
      const { rows, total } = await engine.actions.list({ ...page, filter: readFilter(query) })
      sendPageHeaders(reply, total, page)
      return sendJson(
        reply,
        rows.map((action) => project({ ...action }, attributes, ATTRIBUTES.mandatory)),
      )
    },
  )

  app.get<ByRef>(
    '/api/v1/actions/:ref',
    { config: { permission: 'action_view', api: { summary: 'One action, by ref or id', response: actionSchema } } },
    async (request, reply) => {
      const action = await findAction(engine.actions, request.params.ref)
      return sendJson(reply.header('etag', await etag(action)), action)
    },
  )

  app.get<ByRef>(
    '/api/v1/actions/views/parameters/:ref',
    {
      config: {
        permission: 'action_view',
        api: { summary: 'What an action takes, parameters of its runner included', response: PARAMETERS },
      },
    },
    async (request, reply) =>
      sendJson(reply, { parameters: await parametersOf(await findAction(engine.actions, request.params.ref)) }),
  )

  app.get(
    '/api/v1/actions/views/overview',
    {
      config: {
        permission: 'action_list',
        api: {
          summary: 'Lists actions with all parameters they take',
          query: LIST_QUERY,
          response: listOf(actionSchema),
        },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const page = readPage(query, principalOf(request), { defaultLimit: undefined, maxPageSize })
      const attributes = readAttributes(query, ATTRIBUTES)
      const { rows, total } = await engine.actions.list({ ...page, filter: readFilter(query) })
      sendPageHeaders(reply, total, page)
      const views = await Promise.all(rows.map(overview))
      return sendJson(
        reply,
        views.map((row) => project(row, attributes, ATTRIBUTES.mandatory)),
      )
    },
  )

  app.get<ByRef>(
    '/api/v1/actions/views/overview/:ref',
    {
      config: {
        permission: 'action_view',
        api: { summary: 'One action with all parameters it takes', response: actionSchema },
      },
    },
    async (request, reply) => {
      const action = await findAction(engine.actions, request.params.ref)
      return sendJson(reply.header('etag', await etag(action)), await overview(action))
    },
  )

  app.get<ByRef>(
    '/api/v1/actions/views/entry_point/:ref',
    {
      config: {
        permission: 'action_view',
        api: { summary: 'The file that an action runs', response: TEXT, contentType: '*/*' },
      },
    },
    async (request, reply) => {
      const action = await findAction(engine.actions, request.params.ref)
      if (action.entry_point === '') {
        throw new NotFoundError(`Action ref_or_id=${request.params.ref} has no entry_point to output`)
      }
      const { content } = await engine.packFiles.readFile(action.pack, `actions/${action.entry_point}`)
      return reply.header('content-type', contentTypeOf(action.entry_point)).send(content)
    },
  )

  async function etag(action: Action): Promise<string> {
    return etagOf(revisionText(await actionRevision(engine.packFiles, action)))
  }

  async function overview(action: Action): Promise<Record<string, unknown>> {
    return { ...action, parameters: await parametersOf(action) }
  }

  async function parametersOf(action: Action): Promise<Record<string, unknown>> {
    const runner = await engine.runnerTypes.findByName(action.runner_type)
    return effectiveParameters(runner?.runner_parameters ?? {}, action.parameters)
  }
}

interface ByRef {
  Params: { ref: string }
}

/** @source rest-api.md 7.4 */
function readFilter(query: QueryParameters): ActionFilter {
  return { id: query.list('id'), name: query.filter('name'), pack: query.filter('pack'), tag: query.filter('tags') }
}
