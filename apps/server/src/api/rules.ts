import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createRule, type Engine, findRule, removeRule, type RuleFilter, testRule, updateRule } from '@st2/engine'
import { ruleRequestSchema, ruleSchema, ruleTestEventSchema, ruleTestRequestSchema, ruleTestSchema } from '@st2/model'
import { readFlag, readIds } from '../http/filters.ts'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { bodyReader, withoutNulls } from '../http/request-body.ts'
import { ID_LIST, TEXT } from '../openapi/route-document.ts'
import { RulePresenter } from '../views/rule-presenter.ts'
import { SecretParameters } from '../views/secret-parameters.ts'
import { addListRoute, attributesOf, type ListLimits } from './list-route.ts'

const readRule = bodyReader(ruleRequestSchema)
const readEvent = bodyReader(ruleTestEventSchema)
const readTest = bodyReader(ruleTestRequestSchema)

const SHOW_SECRETS = { show_secrets: { type: 'boolean', description: 'Parameters as they are; for admins.' } } as const
const FILTERS = {
  id: ID_LIST,
  name: TEXT,
  pack: TEXT,
  action: { type: 'string', description: 'Ref of the action.' },
  trigger: { type: 'string', description: 'Ref of the trigger, not of its type.' },
  enabled: TEXT,
} as const

/** @source rest-api.md 9.6 */
export function ruleRoutes(app: FastifyInstance, engine: Engine, limits: ListLimits): void {
  const deps = engine.ruleDeps
  const presenter = new RulePresenter(engine)
  const secrets = new SecretParameters(engine)
  const list = {
    response: ruleSchema,
    attributes: attributesOf(ruleSchema, ['pack', 'name', 'trigger']),
    defaultLimit: undefined,
  } as const

  addListRoute(app, limits, {
    ...list,
    url: '/api/v1/rules',
    permission: 'rule_list',
    summary: 'Lists rules',
    query: { ...FILTERS, ...SHOW_SECRETS },
    find: (query, page) => engine.rules.list({ ...page, filter: readFilter(query) }),
    view: (rows, request) => presenter.many(rows, { showSecrets: showsSecrets(request) }),
  })

  // NOTE: upstream filters views by id, name and pack only.
  addListRoute(app, limits, {
    ...list,
    url: '/api/v1/rules/views',
    permission: 'rule_list',
    summary: 'Lists rules with what their actions and triggers are for',
    query: FILTERS,
    find: (query, page) => engine.rules.list({ ...page, filter: readFilter(query) }),
    view: (rows) => presenter.described(rows),
  })

  app.get<ByRef>(
    '/api/v1/rules/views/:ref',
    {
      config: {
        permission: 'rule_view',
        api: { summary: 'One rule with what its action and trigger are for', response: ruleSchema },
      },
    },
    async (request, reply) => {
      const [view] = await presenter.described([await findRule(engine.rules, request.params.ref)])
      return sendJson(reply, view)
    },
  )

  app.get<ByRef>(
    '/api/v1/rules/:ref',
    {
      config: {
        permission: 'rule_view',
        api: { summary: 'One rule, by ref or id', query: SHOW_SECRETS, response: ruleSchema },
      },
    },
    async (request, reply) =>
      sendJson(
        reply,
        await presenter.one(await findRule(engine.rules, request.params.ref), { showSecrets: showsSecrets(request) }),
      ),
  )

  app.post(
    '/api/v1/rules',
    {
      config: {
        permission: 'rule_create',
        api: { summary: 'Creates a rule', body: ruleRequestSchema, status: 201, response: ruleSchema },
      },
    },
    async (request, reply) => {
      const rule = await createRule(deps, principalOf(request), withoutNulls(readRule(request)))
      return sendJson(reply, await presenter.one(rule, { showSecrets: false }), 201)
    },
  )

  app.put<ByRef>(
    '/api/v1/rules/:ref',
    {
      config: {
        permission: 'rule_modify',
        api: { summary: 'Replaces a rule', body: ruleRequestSchema, response: ruleSchema },
      },
    },
    async (request, reply) => {
      const body = withoutNulls(readRule(request))
      const known = await findRule(engine.rules, request.params.ref)
      const { ref, parameters } = body.action
      const action = { ref, parameters: await secrets.unmask(ref, parameters ?? {}, known.action.parameters) }
      const rule = await updateRule(deps, principalOf(request), known.id, { ...body, action })
      return sendJson(reply, await presenter.one(rule, { showSecrets: false }))
    },
  )

  app.delete<ByRef>(
    '/api/v1/rules/:ref',
    { config: { permission: 'rule_delete', api: { summary: 'Removes a rule', status: 204 } } },
    async (request, reply) => {
      await removeRule(deps, principalOf(request), request.params.ref)
      return reply.code(204).send()
    },
  )

  app.post<ByRef>(
    '/api/v1/rules/:ref/test',
    {
      config: {
        permission: 'rule_view',
        api: {
          summary: 'Whether a rule matches an event, and what it would run; nothing is run',
          body: ruleTestEventSchema,
          response: ruleTestSchema,
        },
      },
    },
    async (request, reply) =>
      sendJson(
        reply,
        await testRule(engine.ruleTestDeps, principalOf(request), {
          rule: request.params.ref,
          ...withoutNulls(readEvent(request)),
        }),
      ),
  )

  app.post(
    '/api/v1/rules/test',
    {
      config: {
        permission: 'rule_create',
        api: {
          summary: 'The same for a rule that is not stored',
          body: ruleTestRequestSchema,
          response: ruleTestSchema,
        },
      },
    },
    async (request, reply) =>
      sendJson(reply, await testRule(engine.ruleTestDeps, principalOf(request), withoutNulls(readTest(request)))),
  )
}

interface ByRef {
  Params: { ref: string }
}

function readFilter(query: QueryParameters): RuleFilter {
  return {
    id: readIds(query),
    name: query.filter('name'),
    pack: query.filter('pack'),
    action: query.filter('action'),
    trigger: query.filter('trigger'),
    enabled: readFlag(query, 'enabled'),
  }
}

function showsSecrets(request: FastifyRequest): boolean {
  return new QueryParameters(request).boolean('show_secrets') === true && principalOf(request).isAdmin
}
