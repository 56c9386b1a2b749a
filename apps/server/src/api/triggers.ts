import type { FastifyInstance } from 'fastify'
import { createTrigger, type Engine, type Filter, findTrigger, removeTrigger, updateTrigger } from '@st2/engine'
import { triggerRequestSchema, triggerSchema } from '@st2/model'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { bodyReader } from '../http/request-body.ts'
import { listOf } from '../openapi/route-document.ts'
import { triggerView } from '../views/trigger-views.ts'

/** Python's spelling of no type at all, which the official client sends. */
const NO_TYPE = 'None'

const OLDEST_FIRST = [{ field: 'id', direction: 'asc' }] as const

const readTrigger = bodyReader(triggerRequestSchema)

/** NOTE: upstream asks for no permission here, not even for writes. @source rest-api.md 9.7 */
export function triggerRoutes(app: FastifyInstance, engine: Engine): void {
  const deps = engine.triggerDeps

  app.get(
    '/api/v1/triggers',
    {
      config: {
        permission: 'trigger_list',
        api: {
          summary: 'Lists triggers, all of them',
          // NOTE: upstream ignores it, although its own client sends it.
          query: { type: { type: 'string', description: 'Ref of their trigger type.' } },
          response: listOf(triggerSchema),
        },
      },
    },
    async (request, reply) => {
      const type = new QueryParameters(request).filter('type')
      const filter: Filter = type === undefined || type === NO_TYPE ? [] : [{ field: 'type', op: 'eq', value: type }]
      const found = await engine.triggers.list({ filter, order: OLDEST_FIRST })
      return sendJson(reply, found.map(triggerView))
    },
  )

  app.get<ById>(
    '/api/v1/triggers/:id',
    { config: { permission: 'trigger_view', api: { summary: 'One trigger, by id', response: triggerSchema } } },
    async (request, reply) => sendJson(reply, triggerView(await findTrigger(engine.triggers, request.params.id))),
  )

  app.post(
    '/api/v1/triggers',
    {
      config: {
        permission: 'trigger_all',
        api: {
          summary: 'Creates a trigger, or answers the one of that name as it is',
          body: triggerRequestSchema,
          status: 201,
          response: triggerSchema,
        },
      },
    },
    async (request, reply) =>
      sendJson(reply, triggerView(await createTrigger(deps, principalOf(request), readTrigger(request))), 201),
  )

  app.put<ById>(
    '/api/v1/triggers/:id',
    {
      config: {
        permission: 'trigger_all',
        api: { summary: 'Replaces a trigger', body: triggerRequestSchema, response: triggerSchema },
      },
    },
    async (request, reply) =>
      sendJson(
        reply,
        triggerView(await updateTrigger(deps, principalOf(request), request.params.id, readTrigger(request))),
      ),
  )

  app.delete<ById>(
    '/api/v1/triggers/:id',
    { config: { permission: 'trigger_all', api: { summary: 'Removes a trigger', status: 204 } } },
    async (request, reply) => {
      await removeTrigger(deps, principalOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}

interface ById {
  Params: { id: string }
}
