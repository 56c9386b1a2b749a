import type { FastifyInstance } from 'fastify'
import type { Engine } from '@st2/engine'
import { InvalidError, NotFoundError, type RunnerType, runnerTypeSchema, runnerTypeUpdateSchema } from '@st2/model'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { type AttributeRules, project, readAttributes, readPage, sendPageHeaders } from '../http/listing.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { readBody } from '../http/request-body.ts'
import { ATTRIBUTES_QUERY, listOf, NAME_LIST, PAGE_QUERY } from '../openapi/route-document.ts'

const ATTRIBUTES: AttributeRules = {
  known: [
    'id',
    'uid',
    'name',
    'description',
    'enabled',
    'runner_package',
    'runner_module',
    'runner_parameters',
    'output_key',
    'output_schema',
  ],
  excludable: null,
  mandatory: [],
}

export interface RunnerTypeRoutesOptions {
  readonly engine: Engine
  readonly maxPageSize: number
}

const LIST_QUERY = {
  name: NAME_LIST,
  ...PAGE_QUERY,
  ...ATTRIBUTES_QUERY,
} as const

/** @source rest-api.md 9.2 */
export function runnerTypeRoutes(app: FastifyInstance, { engine, maxPageSize }: RunnerTypeRoutesOptions): void {
  app.get(
    '/api/v1/runnertypes',
    {
      config: {
        permission: 'runner_type_list',
        api: { summary: 'Lists runners', query: LIST_QUERY, response: listOf(runnerTypeSchema) },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const page = readPage(query, principalOf(request), { defaultLimit: 100, maxPageSize })
      const attributes = readAttributes(query, ATTRIBUTES)
      const { rows, total } = await engine.runnerTypes.list({ ...page, name: query.list('name') })
      sendPageHeaders(reply, total, page)
      return sendJson(
        reply,
        rows.map((runner) => project({ ...runner }, attributes, ATTRIBUTES.mandatory)),
      )
    },
  )

  app.get<ByName>(
    '/api/v1/runnertypes/:name',
    {
      config: {
        permission: 'runner_type_view',
        api: { summary: 'One runner, by name or id', response: runnerTypeSchema },
      },
    },
    async (request, reply) => sendJson(reply, await findRunner(request.params.name)),
  )

  app.put<ByName>(
    '/api/v1/runnertypes/:name',
    {
      config: {
        permission: 'runner_type_modify',
        api: { summary: 'Enables or disables a runner', body: runnerTypeUpdateSchema, response: runnerTypeSchema },
      },
    },
    async (request, reply) => {
      const body = readBody(request)
      if (typeof body !== 'object' || body === null || !('enabled' in body)) {
        throw new InvalidError("'enabled' is a required property")
      }
      if (typeof body.enabled !== 'boolean')
        throw new InvalidError(`${JSON.stringify(body.enabled)} is not of type 'boolean'`)
      const runner = await findRunner(request.params.name)
      return sendJson(reply, await engine.runnerTypes.setEnabled(runner.name, body.enabled))
    },
  )

  async function findRunner(nameOrId: string): Promise<RunnerType> {
    const runner = await engine.runnerTypes.findByNameOrId(nameOrId)
    if (runner === null) throw new NotFoundError(`Resource with a name or id "${nameOrId}" not found`)
    return runner
  }
}

interface ByName {
  Params: { name: string }
}
