import type { FastifyInstance } from 'fastify'
import { type Engine, findSensorType, setSensorEnabled } from '@st2/engine'
import { sensorTypeSchema, sensorTypeUpdateSchema } from '@st2/model'
import { readFlag, readIds } from '../http/filters.ts'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { bodyReader } from '../http/request-body.ts'
import { ID_LIST, TEXT } from '../openapi/route-document.ts'
import { addListRoute, attributesOf, type ListLimits } from './list-route.ts'

const readUpdate = bodyReader(sensorTypeUpdateSchema)

/** @source rest-api.md 9.7 */
export function sensorTypeRoutes(app: FastifyInstance, engine: Engine, limits: ListLimits): void {
  addListRoute(app, limits, {
    url: '/api/v1/sensortypes',
    permission: 'sensor_type_list',
    summary: 'Lists sensors',
    query: {
      id: ID_LIST,
      name: TEXT,
      pack: TEXT,
      trigger: { type: 'string', description: 'Ref of a trigger type that they emit.' },
      enabled: TEXT,
    },
    response: sensorTypeSchema,
    attributes: attributesOf(sensorTypeSchema, ['pack', 'name']),
    defaultLimit: undefined,
    find: (query, page) =>
      engine.sensorTypes.list({
        ...page,
        filter: {
          id: readIds(query),
          name: query.filter('name'),
          pack: query.filter('pack'),
          trigger: query.filter('trigger'),
          enabled: readFlag(query, 'enabled'),
        },
      }),
  })

  app.get<ByRef>(
    '/api/v1/sensortypes/:ref',
    {
      config: {
        permission: 'sensor_type_view',
        api: { summary: 'One sensor, by ref or id', response: sensorTypeSchema },
      },
    },
    async (request, reply) => sendJson(reply, await findSensorType(engine.sensorTypes, request.params.ref)),
  )

  app.put<ByRef>(
    '/api/v1/sensortypes/:ref',
    {
      config: {
        permission: 'sensor_type_modify',
        api: { summary: 'Enables or disables a sensor', body: sensorTypeUpdateSchema, response: sensorTypeSchema },
      },
    },
    async (request, reply) => {
      const { enabled = false } = readUpdate(request)
      return sendJson(
        reply,
        await setSensorEnabled(engine.triggerDeps, principalOf(request), request.params.ref, enabled),
      )
    },
  )
}

interface ByRef {
  Params: { ref: string }
}
