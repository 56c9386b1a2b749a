import type { FastifyInstance } from 'fastify'
import { type Engine, TIMER_TYPES } from '@st2/engine'
import { InvalidError, NotFoundError, triggerSchema } from '@st2/model'
import { sendJson } from '../http/json-reply.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { listOf } from '../openapi/route-document.ts'
import { triggerView } from '../views/trigger-views.ts'

const QUERY = {
  timer_type: { type: 'string', enum: TIMER_TYPES },
  name: { type: 'string', description: 'Of the trigger.' },
} as const

/** The triggers that fire by the clock. @source rest-api.md 9.7 */
export function timerRoutes(app: FastifyInstance, engine: Engine): void {
  app.get(
    '/api/v1/timers',
    {
      config: {
        permission: 'timer_list',
        api: { summary: 'Lists timers', query: QUERY, response: listOf(triggerSchema) },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const type = query.filter('timer_type')
      if (type !== undefined && !TIMER_TYPES.includes(type)) {
        const known = TIMER_TYPES.map((name) => `'${name}'`).join(', ')
        throw new InvalidError(`Timer type ${type} is not in supported types - [${known}].`)
      }
      const timers = await engine.triggers.ofTypes(type === undefined ? TIMER_TYPES : [type])
      const name = query.filter('name')
      return sendJson(reply, timers.filter((timer) => name === undefined || timer.name === name).map(triggerView))
    },
  )

  app.get<ByRef>(
    '/api/v1/timers/:ref',
    { config: { permission: 'timer_view', api: { summary: 'One timer, by ref or id', response: triggerSchema } } },
    async (request, reply) => {
      const { ref } = request.params
      const trigger = await engine.triggers.findByRefOrId(ref)
      if (trigger === null) throw new NotFoundError(`Resource with a reference or id "${ref}" not found`)
      return sendJson(reply, triggerView(trigger))
    },
  )
}

interface ByRef {
  Params: { ref: string }
}
