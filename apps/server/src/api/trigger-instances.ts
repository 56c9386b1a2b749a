import type { FastifyInstance } from 'fastify'
import { type Engine, type Filter, findTriggerInstance, type Order, reEmitTriggerInstance } from '@st2/engine'
import { type TriggerInstance, triggerInstanceSchema } from '@st2/model'
import { readConditions, readTimeRange } from '../http/filters.ts'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { ID_LIST, TEXT } from '../openapi/route-document.ts'
import { inBatches } from '../views/in-batches.ts'
import { triggerInstanceView } from '../views/trigger-views.ts'
import { addListRoute, attributesOf, type Found, type ListLimits } from './list-route.ts'

/** Query parameter → header field. NOTE: upstream ignores status, although its own client sends it. */
const FILTERS = { trigger: 'trigger', status: 'status' } as const

const QUERY = {
  id: ID_LIST,
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
    async find(query, { limit, offset, order = NEWEST_FIRST }) {
      const filter = [...readConditions(query, FILTERS), ...readTimeRange(query, 'timestamp', 'occurrence_time')]
      const type = query.filter('trigger_type')
      if (type === undefined) return findInstances(engine, filter, { order, limit, offset })
      const refs = (await engine.triggers.ofTypes([type])).map(({ ref }) => ref)
      return findOfTriggers(engine, refs, filter, { order, limit, offset })
    },
    view: (rows) => rows.map(triggerInstanceView),
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
}

const NEWEST_FIRST = [
  { field: 'occurrence_time', direction: 'desc' },
  { field: 'trigger', direction: 'asc' },
] as const

interface InstancePage {
  readonly order: readonly Order[]
  readonly limit: number
  readonly offset: number
}

async function findInstances(engine: Engine, filter: Filter, page: InstancePage): Promise<Found<TriggerInstance>> {
  const [rows, total] = await Promise.all([
    engine.triggerInstances.find({ filter, ...page }),
    engine.triggerInstances.count(filter),
  ])
  return { rows, total }
}

/** A type may have more triggers than one condition takes: the first rows of each part hold those of the whole. */
async function findOfTriggers(
  engine: Engine,
  refs: readonly string[],
  filter: Filter,
  { order, limit, offset }: InstancePage,
): Promise<Found<TriggerInstance>> {
  const parts = await inBatches(refs, async (value) => {
    const ofThese: Filter = [...filter, { field: 'trigger', op: 'in', value }]
    return [await findInstances(engine, ofThese, { order, limit: offset + limit, offset: 0 })]
  })
  const rows = parts.flatMap((part) => part.rows)
  if (parts.length > 1) rows.sort((left, right) => compareBy(order, left, right))
  return { rows: rows.slice(offset, offset + limit), total: parts.reduce((sum, part) => sum + part.total, 0) }
}

/** As the store orders: by the fields that instances are sorted by, then by id. */
function compareBy(order: readonly Order[], left: TriggerInstance, right: TriggerInstance): number {
  for (const { field, direction } of [...order, { field: 'id', direction: order.at(-1)?.direction ?? 'asc' }]) {
    const [a, b] = [sortKey(left, field), sortKey(right, field)]
    if (a !== b) return a < b === (direction === 'asc') ? -1 : 1
  }
  return 0
}

function sortKey(instance: TriggerInstance, field: string): string {
  const { id, trigger, status, occurrence_time } = instance
  return { id, trigger, status, occurrence_time }[field] ?? ''
}

interface ById {
  Params: { id: string }
}
