import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createPolicy, type Engine, findPolicy, findPolicyType, removePolicy, updatePolicy } from '@st2/engine'
import { type PolicyRequest, policyRequestSchema, policySchema, policyTypeSchema } from '@st2/model'
import { readIds } from '../http/filters.ts'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { bodyReader, withoutNulls } from '../http/request-body.ts'
import { ID_LIST, NAME_LIST, TEXT } from '../openapi/route-document.ts'
import { addListRoute, attributesOf, type ListLimits } from './list-route.ts'

const readPolicyBody = bodyReader(policyRequestSchema)

/** @source rest-api.md 9.9 */
export function policyRoutes(app: FastifyInstance, engine: Engine, limits: ListLimits): void {
  const deps = engine.policyDeps

  addListRoute(app, limits, {
    url: '/api/v1/policytypes',
    permission: 'policy_type_list',
    summary: 'Lists policy types',
    query: { id: ID_LIST, name: NAME_LIST, resource_type: TEXT },
    response: policyTypeSchema,
    attributes: attributesOf(policyTypeSchema, ['id', 'name', 'resource_type']),
    defaultLimit: 100,
    sortable: { id: 'id', name: 'name', resource_type: 'resource_type' },
    find: (query, page) =>
      engine.policyTypes.list({
        ...page,
        id: readIds(query),
        name: query.list('name'),
        resource_type: query.filter('resource_type'),
      }),
  })

  app.get<ByRef>(
    '/api/v1/policytypes/:ref',
    {
      config: {
        permission: 'policy_type_view',
        api: { summary: 'One policy type, by ref or id', response: policyTypeSchema },
      },
    },
    async (request, reply) => sendJson(reply, await findPolicyType(engine.policyTypes, request.params.ref)),
  )

  addListRoute(app, limits, {
    url: '/api/v1/policies',
    permission: 'policy_list',
    summary: 'Lists policies',
    // NOTE: upstream ignores resource_ref and policy_type, which its own client sends.
    query: { name: TEXT, pack: TEXT, resource_ref: TEXT, policy_type: TEXT },
    response: policySchema,
    attributes: attributesOf(policySchema, ['pack', 'name']),
    defaultLimit: 100,
    find: (query, page) =>
      engine.policies.list({
        ...page,
        filter: {
          name: query.filter('name'),
          pack: query.filter('pack'),
          resource_ref: query.filter('resource_ref'),
          policy_type: query.filter('policy_type'),
        },
      }),
  })

  app.get<ByRef>(
    '/api/v1/policies/:ref',
    { config: { permission: 'policy_view', api: { summary: 'One policy, by ref or id', response: policySchema } } },
    async (request, reply) => sendJson(reply, await findPolicy(engine.policies, request.params.ref)),
  )

  app.post(
    '/api/v1/policies',
    {
      config: {
        permission: 'policy_create',
        api: { summary: 'Creates a policy', body: policyRequestSchema, status: 201, response: policySchema },
      },
    },
    async (request, reply) => sendJson(reply, await createPolicy(deps, principalOf(request), readPolicy(request)), 201),
  )

  app.put<ByRef>(
    '/api/v1/policies/:ref',
    {
      config: {
        permission: 'policy_modify',
        api: { summary: 'Replaces a policy', body: policyRequestSchema, response: policySchema },
      },
    },
    async (request, reply) =>
      sendJson(reply, await updatePolicy(deps, principalOf(request), request.params.ref, readPolicy(request))),
  )

  app.delete<ByRef>(
    '/api/v1/policies/:ref',
    { config: { permission: 'policy_delete', api: { summary: 'Removes a policy', status: 204 } } },
    async (request, reply) => {
      await removePolicy(deps, principalOf(request), request.params.ref)
      return reply.code(204).send()
    },
  )
}

function readPolicy(request: FastifyRequest): PolicyRequest {
  return withoutNulls(readPolicyBody(request))
}

interface ByRef {
  Params: { ref: string }
}
