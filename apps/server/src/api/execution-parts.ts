import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Engine } from '@st2/engine'
import { InvalidError } from '@st2/model'
import { sendJson } from '../http/json-reply.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import type { ExecutionPresenter } from '../views/execution-presenter.ts'
import { requireId } from '../http/filters.ts'
import { TEXT } from '../openapi/route-document.ts'
import { findExecution } from './find-execution.ts'

const ATTRIBUTES = ['result', 'trigger_instance', 'status'] as const
/** Filter name → header field whose distinct values are offered. */
const FILTER_VALUES = {
  action: 'action',
  status: 'status',
  rule: 'rule',
  runner: 'runner',
  trigger: 'trigger',
  trigger_type: 'trigger_type',
  user: 'user',
} as const
const MAX_FILTER_VALUES = 10_000

export interface ExecutionPartRoutesOptions {
  readonly engine: Engine
  readonly presenter: ExecutionPresenter
}

const FILTERS = {
  type: 'object',
  additionalProperties: { type: 'array', items: { type: 'string' } },
} as const

/** The smaller views of one execution. @source rest-api.md 9.3 */
export function executionPartRoutes(app: FastifyInstance, { engine, presenter }: ExecutionPartRoutesOptions): void {
  app.get(
    '/api/v1/executions/views/filters',
    {
      config: {
        permission: 'execution_views_filters_list',
        api: {
          summary: 'Values that lists can be narrowed to',
          query: { types: { type: 'string', description: 'Filters, separated by commas.' } },
          response: FILTERS,
        },
      },
    },
    async (request, reply) => {
      const types = new QueryParameters(request).list('types')
      const names = Object.keys(FILTER_VALUES).filter((name) => types === undefined || types.includes(name))
      const entries = await Promise.all(
        names.map(async (name) => {
          const field = FILTER_VALUES[name as keyof typeof FILTER_VALUES]
          const values = await engine.executions.distinct(field, MAX_FILTER_VALUES)
          return [name, values.filter((value) => value !== null)] as const
        }),
      )
      return sendJson(reply, Object.fromEntries(entries))
    },
  )

  app.get<ById>(
    '/api/v1/executions/:id/output',
    {
      config: {
        permission: 'execution_view',
        api: {
          summary: 'What an execution printed so far',
          query: { output_type: { type: 'string', description: 'stdout, stderr, output or all' } },
          response: TEXT,
          contentType: 'text/plain',
        },
      },
    },
    async (request, reply) => {
      const document = await findExecution(engine, request.params.id)
      const type = new QueryParameters(request).filter('output_type') ?? 'all'
      const records = engine.outputs.read(document.id, type === 'all' ? null : type)
      return reply
        .header('content-type', 'text/plain; charset=UTF-8')
        .send(Readable.from(texts(records), { objectMode: false }))
    },
  )

  app.get<ByAttribute>(
    '/api/v1/executions/:id/attribute/:attribute',
    { config: { permission: 'execution_view', api: { summary: 'One attribute of an execution', response: {} } } },
    async (request, reply) => {
      const { id, attribute } = request.params
      if (!(ATTRIBUTES as readonly string[]).includes(attribute)) {
        throw new InvalidError(`Attribute "${attribute}" is not one of ${ATTRIBUTES.join(', ')}.`)
      }
      const document = await findExecution(engine, requireId(id))
      const view = await presenter.one(document, {
        showSecrets: false,
        withResult: attribute === 'result',
        withChildren: false,
      })
      return sendJson(reply, view[attribute] ?? (attribute === 'result' ? {} : null))
    },
  )
}

interface ById {
  Params: { id: string }
}

interface ByAttribute {
  Params: { id: string; attribute: string }
}

async function* texts(records: AsyncIterable<{ data: string }>): AsyncIterable<Buffer> {
  for await (const record of records) yield Buffer.from(record.data)
}
