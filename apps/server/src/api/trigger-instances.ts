import type { FastifyInstance } from 'fastify'
import { type Condition, type Engine, findTriggerInstance, reEmitTriggerInstance } from '@st2/engine'
import { triggerInstanceSchema } from '@st2/model'
import { readConditions, readTimeRange } from '../http/filters.ts'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import type { QueryParameters } from '../http/query-parameters.ts'
import { TEXT } from '../openapi/route-document.ts'
import { triggerInstanceView } from '../views/trigger-views.ts'
import { addListRoute, attributesOf, type ListLimits } from './list-route.ts'

/** Query parameter → header field. NOTE: upstream ignores status, although its own client sends it. */
const FILTERS = { trigger: 'trigger', status: 'status' } as const
/** Values that one condition takes. */
const MAX_TRIGGERS = 1000

const QUERY = {
  id: { type: 'string', description: 'Ids, separated by commas.' },
  trigger: { type: 'string', description: 'Ref of the trigger.' },
  trigger_type: { type: 'string', description: 'Ref of the trigger type.' },
  status: TEXT,
  timestamp_gt: { type: 'string', description: 'Happened at that time or later.' },
  timestamp_lt: { type: 'string', description: 'Happened at that time or earlier.' },
} as const

const RE_EMIT = {
  type: 'object',
  properties: {
    message: { type: 'string', required: true },
    payload: { type: 'object', required: true, description: 'Of the new one, which names the original.' },
  },
} as const

/** NOTE: upstream asks for no permission here. @source rest-api.md 9.7 */
export function triggerInstanceRoutes(app: FastifyInstance, engine: Engine, limits: ListLimits): void {
  addListRoute(app, limits, {
    url: '/api/v1/triggerinstances',
    permission: 'trigger_list',
    summary: 'Lists events, newest first',
    query: QUERY,
    response: triggerInstanceSchema,
    attributes: attributesOf(triggerInstanceSchema),
    defaultLimit: 100,
    sortable: { ...FILTERS, id: 'id', timestamp: 'occurrence_time' },
    async find(query, { limit = limits.maxListRows, offset, order = NEWEST_FIRST }) {
      const ofType = await ofTriggerType(query)
      if (ofType === null) return { rows: [], total: 0 }
      const filter = [
        ...readConditions(query, FILTERS),
        ...ofType,
        ...readTimeRange(query, 'timestamp', 'occurrence_time'),
      ]
      const [rows, total] = await Promise.all([
        engine.triggerInstances.find({ filter, order, limit, offset }),
        engine.triggerInstances.count(filter),
      ])
      return { rows, total }
    },
    view: (rows) => rows.map((row) => ({ ...triggerInstanceView(row) })),
  })

  app.get<ById>(
    '/api/v1/triggerinstances/:id',
    { config: { permission: 'trigger_view', api: { summary: 'One event', response: triggerInstanceSchema } } },
    async (request, reply) =>
      sendJson(reply, triggerInstanceView(await findTriggerInstance(engine.triggerInstances, request.params.id))),
  )

  app.post<ById>(
    '/api/v1/triggerinstances/:id/re_emit',
    {
      config: {
        permission: 'trigger_all',
        api: { summary: 'Lets an event happen once more', response: RE_EMIT },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { instance } = await reEmitTriggerInstance(engine.triggerDeps, principalOf(request), id)
      // The spelling is upstream's.
      return sendJson(reply, { message: `Trigger instance ${id} succesfully re-sent.`, payload: instance.payload })
    },
  )

  /** Null: no trigger is of that type, so nothing happened. */
  async function ofTriggerType(query: QueryParameters): Promise<readonly Condition[] | null> {
    const type = query.filter('trigger_type')
    if (type === undefined) return []
    const refs = (await engine.triggers.ofTypes([type])).map(({ ref }) => ref)
    return refs.length === 0 ? null : [{ field: 'trigger', op: 'in', value: refs.slice(0, MAX_TRIGGERS) }]
  }
}

const NEWEST_FIRST = [
  { field: 'occurrence_time', direction: 'desc' },
  { field: 'trigger', direction: 'asc' },
] as const

interface ById {
  Params: { id: string }
}
