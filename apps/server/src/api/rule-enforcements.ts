import type { FastifyInstance } from 'fastify'
import type { Engine } from '@st2/engine'
import { NotFoundError, type RuleEnforcement, ruleEnforcementSchema, ruleEnforcementViewSchema } from '@st2/model'
import { readConditions, readTimeRange } from '../http/filters.ts'
import { sendJson } from '../http/json-reply.ts'
import type { QueryParameters } from '../http/query-parameters.ts'
import { ID_LIST, TEXT } from '../openapi/route-document.ts'
import { enforcementView, joinedEnforcements } from '../views/enforcement-presenter.ts'
import { addListRoute, attributesOf, type Found, type ListLimits, type ListPage } from './list-route.ts'

/** Query parameter → header field. @source rest-api.md 7.4 */
const FILTERS = {
  execution: 'execution',
  rule_ref: 'rule_ref',
  rule_id: 'rule_id',
  trigger_instance: 'trigger_instance',
} as const

const QUERY = {
  id: ID_LIST,
  execution: { type: 'string', description: 'Id of the execution that was made.' },
  rule_ref: TEXT,
  rule_id: TEXT,
  trigger_instance: { type: 'string', description: 'Id of the event.' },
  enforced_at_gt: { type: 'string', description: 'At that time or later.' },
  enforced_at_lt: { type: 'string', description: 'At that time or earlier.' },
} as const

/** @source rest-api.md 9.6 */
export function ruleEnforcementRoutes(app: FastifyInstance, engine: Engine, limits: ListLimits): void {
  const list = {
    permission: 'rule_enforcement_list',
    query: QUERY,
    defaultLimit: 50,
    sortable: { ...FILTERS, id: 'id', enforced_at: 'enforced_at' },
    find,
  } as const

  addListRoute(app, limits, {
    ...list,
    url: '/api/v1/ruleenforcements',
    summary: 'Lists what rules did, newest first',
    response: ruleEnforcementSchema,
    attributes: attributesOf(ruleEnforcementSchema),
    view: (rows) => rows.map(enforcementView),
  })

  addListRoute(app, limits, {
    ...list,
    url: '/api/v1/ruleenforcements/views',
    summary: 'Lists what rules did, with the events and the executions',
    response: ruleEnforcementViewSchema,
    attributes: attributesOf(ruleEnforcementViewSchema),
    view: (rows) => joinedEnforcements(engine, rows),
  })

  app.get<ById>(
    '/api/v1/ruleenforcements/:id',
    {
      config: {
        permission: 'rule_enforcement_view',
        api: { summary: 'What a rule did once', response: ruleEnforcementSchema },
      },
    },
    async (request, reply) => sendJson(reply, enforcementView(await findEnforcement(request.params.id))),
  )

  app.get<ById>(
    '/api/v1/ruleenforcements/views/:id',
    {
      config: {
        permission: 'rule_enforcement_view',
        api: { summary: 'What a rule did once, with event and execution', response: ruleEnforcementViewSchema },
      },
    },
    async (request, reply) => {
      const [view] = await joinedEnforcements(engine, [await findEnforcement(request.params.id)])
      return sendJson(reply, view)
    },
  )

  async function find(query: QueryParameters, page: ListPage): Promise<Found<RuleEnforcement>> {
    const { limit, offset, order } = page
    const filter = [...readConditions(query, FILTERS), ...readTimeRange(query, 'enforced_at', 'enforced_at')]
    const [rows, total] = await Promise.all([
      engine.enforcements.find({ filter, limit, offset, ...(order === undefined ? {} : { order }) }),
      engine.enforcements.count(filter),
    ])
    return { rows, total }
  }

  async function findEnforcement(id: string): Promise<RuleEnforcement> {
    const enforcement = await engine.enforcements.get(id)
    if (enforcement === null) throw new NotFoundError(`Unable to identify resource with id "${id}".`)
    return enforcement
  }
}

interface ById {
  Params: { id: string }
}
