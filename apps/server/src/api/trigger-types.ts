import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createTriggerType, type Engine, findTriggerType, removeTriggerType, updateTriggerType } from '@st2/engine'
import { type TriggerTypeRequest, triggerTypeRequestSchema, triggerTypeSchema } from '@st2/model'
import { readIds } from '../http/filters.ts'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { bodyReader, withoutNulls } from '../http/request-body.ts'
import { ID_LIST, NAME_LIST, TEXT } from '../openapi/route-document.ts'
import { addListRoute, attributesOf, type ListLimits } from './list-route.ts'

const readTriggerTypeBody = bodyReader(triggerTypeRequestSchema)

/** NOTE: upstream asks for no permission here, not even for writes. @source rest-api.md 9.7 */
export function triggerTypeRoutes(app: FastifyInstance, engine: Engine, limits: ListLimits): void {
  const deps = engine.triggerDeps

  addListRoute(app, limits, {
    url: '/api/v1/triggertypes',
    permission: 'trigger_list',
    summary: 'Lists trigger types',
    query: {
      id: ID_LIST,
      name: NAME_LIST,
      pack: TEXT,
    },
    response: triggerTypeSchema,
    attributes: attributesOf(triggerTypeSchema, ['pack', 'name']),
    defaultLimit: 100,
    sortable: { id: 'id', name: 'name', pack: 'pack', ref: 'ref' },
    find: (query, page) =>
      engine.triggerTypes.list({
        order: [{ field: 'ref', direction: 'asc' }],
        ...page,
        filter: { id: readIds(query), name: query.list('name'), pack: query.filter('pack') },
      }),
  })

  app.get<ByRef>(
    '/api/v1/triggertypes/:ref',
    {
      config: {
        permission: 'trigger_view',
        api: { summary: 'One trigger type, by ref or id', response: triggerTypeSchema },
      },
    },
    async (request, reply) => sendJson(reply, await findTriggerType(engine.triggerTypes, request.params.ref)),
  )

  app.post(
    '/api/v1/triggertypes',
    {
      config: {
        permission: 'trigger_all',
        api: {
          summary: 'Creates a trigger type',
          body: triggerTypeRequestSchema,
          status: 201,
          response: triggerTypeSchema,
        },
      },
    },
    async (request, reply) =>
      sendJson(reply, await createTriggerType(deps, principalOf(request), readTriggerType(request)), 201),
  )

  app.put<ByRef>(
    '/api/v1/triggertypes/:ref',
    {
      config: {
        permission: 'trigger_all',
        api: { summary: 'Replaces a trigger type', body: triggerTypeRequestSchema, response: triggerTypeSchema },
      },
    },
    async (request, reply) =>
      sendJson(
        reply,
        await updateTriggerType(deps, principalOf(request), request.params.ref, readTriggerType(request)),
      ),
  )

  app.delete<ByRef>(
    '/api/v1/triggertypes/:ref',
    { config: { permission: 'trigger_all', api: { summary: 'Removes a trigger type', status: 204 } } },
    async (request, reply) => {
      await removeTriggerType(deps, principalOf(request), request.params.ref)
      return reply.code(204).send()
    },
  )
}

function readTriggerType(request: FastifyRequest): TriggerTypeRequest {
  return withoutNulls(readTriggerTypeBody(request))
}

interface ByRef {
  Params: { ref: string }
}
