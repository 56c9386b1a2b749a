import type { FastifyInstance } from 'fastify'
import {
  aliasHelp,
  createActionAlias,
  type Engine,
  findActionAlias,
  removeActionAlias,
  updateActionAlias,
} from '@st2/engine'
import {
  actionAliasHelpSchema,
  actionAliasMatchRequestSchema,
  actionAliasMatchSchema,
  actionAliasRequestSchema,
  actionAliasSchema,
  InvalidError,
} from '@st2/model'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { bodyReader } from '../http/request-body.ts'
import { TEXT } from '../openapi/route-document.ts'
import { addListRoute, attributesOf, type ListLimits } from './list-route.ts'

const DEFAULT_HELP_LIMIT = 100

const readAlias = bodyReader(actionAliasRequestSchema)
const readCommand = bodyReader(actionAliasMatchRequestSchema)

/** Aliases as they are; saying one is asked of another resource. @source rest-api.md 9.4 */
export function actionAliasRoutes(app: FastifyInstance, engine: Engine, limits: ListLimits): void {
  const deps = engine.actionAliasDeps

  addListRoute(app, limits, {
    url: '/api/v1/actionalias',
    permission: 'action_alias_list',
    summary: 'Lists action aliases',
    query: { name: TEXT, pack: TEXT },
    response: actionAliasSchema,
    attributes: attributesOf(actionAliasSchema, ['pack', 'name']),
    defaultLimit: 100,
    sortable: { id: 'id', name: 'name', pack: 'pack' },
    find: (query, page) =>
      engine.actionAliases.list({ ...page, filter: { name: query.filter('name'), pack: query.filter('pack') } }),
  })

  app.get(
    '/api/v1/actionalias/help',
    {
      config: {
        permission: 'action_alias_help',
        api: { summary: 'What can be said', query: HELP_QUERY, response: actionAliasHelpSchema },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const limit = query.integer('limit') ?? DEFAULT_HELP_LIMIT
      const offset = query.integer('offset') ?? 0
      if (limit < 0) throw new InvalidError(`Limit, "${limit}" specified, must be a positive number.`)
      if (offset < 0) throw new InvalidError(`Offset "${offset}" specified, must not be negative.`)
      const aliases = await engine.actionAliases.listEnabled()
      return sendJson(
        reply,
        aliasHelp(aliases, { pack: query.filter('pack'), filter: query.filter('filter'), limit, offset }),
      )
    },
  )

  app.post(
    '/api/v1/actionalias/match',
    {
      config: {
        permission: 'action_alias_match',
        api: {
          summary: 'Finds the alias that a command means',
          body: actionAliasMatchRequestSchema,
          response: actionAliasMatchSchema,
        },
      },
    },
    async (request, reply) => {
      const { command } = readCommand(request)
      return sendJson(reply, engine.aliasMatcher.match(await engine.actionAliases.listEnabled(), command))
    },
  )

  app.get<ByRef>(
    '/api/v1/actionalias/:ref',
    {
      config: {
        permission: 'action_alias_view',
        api: { summary: 'One action alias, by ref or id', response: actionAliasSchema },
      },
    },
    async (request, reply) => sendJson(reply, await findActionAlias(engine.actionAliases, request.params.ref)),
  )

  app.post(
    '/api/v1/actionalias',
    {
      config: {
        permission: 'action_alias_create',
        api: {
          summary: 'Creates an action alias',
          body: actionAliasRequestSchema,
          status: 201,
          response: actionAliasSchema,
        },
      },
    },
    async (request, reply) =>
      sendJson(reply, await createActionAlias(deps, principalOf(request), readAlias(request)), 201),
  )

  app.put<ByRef>(
    '/api/v1/actionalias/:ref',
    {
      config: {
        permission: 'action_alias_modify',
        api: { summary: 'Replaces an action alias', body: actionAliasRequestSchema, response: actionAliasSchema },
      },
    },
    async (request, reply) =>
      sendJson(reply, await updateActionAlias(deps, principalOf(request), request.params.ref, readAlias(request))),
  )

  app.delete<ByRef>(
    '/api/v1/actionalias/:ref',
    { config: { permission: 'action_alias_delete', api: { summary: 'Removes an action alias', status: 204 } } },
    async (request, reply) => {
      await removeActionAlias(deps, principalOf(request), request.params.ref)
      return reply.code(204).send()
    },
  )
}

const HELP_QUERY = {
  pack: TEXT,
  filter: { type: 'string', description: 'Regular expression on what is shown, in any case of letters.' },
  limit: { type: 'integer', description: 'Rows to answer; 0 for all of them.' },
  offset: { type: 'integer', description: 'Rows to skip.' },
} as const

interface ByRef {
  Params: { ref: string }
}
