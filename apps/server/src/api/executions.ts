import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  cancelOnRequest,
  type Engine,
  NotCancelableError,
  requestExecution,
  rerunExecution,
  updateExecution,
} from '@st2/engine'
import {
  type ExecutionDocument,
  executionRequestSchema,
  executionSchema,
  executionUpdateSchema,
  faultSchema,
  InvalidError,
  rerunRequestSchema,
} from '@st2/model'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { project, readAttributes, readPage, refuseTooManyRows, sendPageHeaders } from '../http/listing.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { bodyReader } from '../http/request-body.ts'
import type { ExecutionPresenter } from '../views/execution-presenter.ts'
import { EXECUTION_MANDATORY } from '../views/execution-view.ts'
import { sendExecutionStreamed } from './execution-streamed.ts'
import { requireId } from '../http/filters.ts'
import { asksFor, EXECUTION_ATTRIBUTE_RULES } from './execution-attributes.ts'
import { EXECUTION_QUERY, readExecutionQuery } from './execution-filters.ts'
import { findExecution } from './find-execution.ts'
import { ATTRIBUTES_QUERY, listOf, PAGE_QUERY } from '../openapi/route-document.ts'

const DEFAULT_LIMIT = 100
/** max_result_size may name this much at most. @source rest-api.md 9.3 */
const MAX_RESULT_SIZE = 14 * 1024 * 1024

export interface ExecutionRoutesOptions {
  readonly engine: Engine
  readonly presenter: ExecutionPresenter
  readonly maxPageSize: number
  /** `[api] max_list_rows` */
  readonly maxListRows: number
}

const readRequest = bodyReader(executionRequestSchema)
const readRerun = bodyReader(rerunRequestSchema)
const readUpdate = bodyReader(executionUpdateSchema)

const SECRETS_QUERY = { show_secrets: { type: 'boolean', description: 'For admins: nothing is masked.' } } as const
const LIST_QUERY = { ...EXECUTION_QUERY, ...PAGE_QUERY, ...ATTRIBUTES_QUERY, ...SECRETS_QUERY } as const
const ONE_QUERY = {
  max_result_size: { type: 'integer', description: 'A result of more bytes is left out.' },
  ...ATTRIBUTES_QUERY,
  ...SECRETS_QUERY,
} as const

/** @source rest-api.md 9.3, 10 */
export function executionRoutes(app: FastifyInstance, options: ExecutionRoutesOptions): void {
  const { engine, presenter } = options

  app.get(
    '/api/v1/executions',
    {
      config: {
        permission: 'execution_list',
        api: { summary: 'Lists executions', query: LIST_QUERY, response: listOf(executionSchema) },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const page = readPage(query, principalOf(request), {
        defaultLimit: DEFAULT_LIMIT,
        maxPageSize: options.maxPageSize,
      })
      const attributes = readAttributes(query, EXECUTION_ATTRIBUTE_RULES)
      const wanted = readExecutionQuery(query)
      const total = await engine.executions.count(wanted.filter)
      refuseTooManyRows(total, page, options.maxListRows)
      const documents = await engine.executions.find({
        ...wanted,
        limit: page.limit ?? options.maxListRows,
        offset: page.offset,
      })
      const parts = { withResult: asksFor(attributes, 'result'), withChildren: asksFor(attributes, 'children') }
      const views = await presenter.many(documents, { showSecrets: showsSecrets(request), ...parts })
      sendPageHeaders(reply, total, page)
      return sendJson(
        reply,
        views.map((view) => project(view, attributes, EXECUTION_MANDATORY)),
      )
    },
  )

  app.post(
    '/api/v1/executions',
    {
      config: {
        permission: 'action_execute',
        api: {
          summary: 'Runs an action',
          query: SECRETS_QUERY,
          body: executionRequestSchema,
          status: 201,
          response: executionSchema,
        },
      },
    },
    async (request, reply) => {
      const body = readRequest(request)
      const document = await requestExecution(engine.requestDeps, principalOf(request), {
        action: body.action,
        parameters: body.parameters ?? {},
        user: body.user,
        context: body.context,
        parentExecution: parentOfHeader(request),
        notify: body.notify,
        callback: body.callback,
        delay: body.delay,
      })
      return sendOne(request, reply, document, 201)
    },
  )

  app.get<ById>(
    '/api/v1/executions/:id',
    {
      config: {
        permission: 'execution_view',
        api: { summary: 'One execution, by id or "last"', query: ONE_QUERY, response: executionSchema },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const attributes = readAttributes(query, EXECUTION_ATTRIBUTE_RULES)
      const document = await findExecution(engine, request.params.id)
      const withResult = !isTooLarge(document, readMaxResultSize(query))
      const showSecrets = showsSecrets(request)
      const isWhole = attributes.include === null && attributes.exclude.length === 0
      const isBlob = document.result_blob !== undefined && !(showSecrets && document.sealed_result !== undefined)
      if (isWhole && withResult && isBlob && (await presenter.canStreamResult(document))) {
        const view = await presenter.one(document, { showSecrets, withResult: false })
        return sendExecutionStreamed(reply, view, await engine.results.open(document))
      }
      const view = await presenter.one(document, { showSecrets, withResult })
      return sendJson(reply, project(view, attributes, EXECUTION_MANDATORY))
    },
  )

  app.put<ById>(
    '/api/v1/executions/:id',
    {
      config: {
        permission: 'execution_stop',
        api: {
          summary: 'Changes status or result of an execution',
          query: SECRETS_QUERY,
          body: executionUpdateSchema,
          response: executionSchema,
        },
      },
    },
    async (request, reply) => {
      const update = readUpdate(request)
      return sendOne(
        request,
        reply,
        await updateExecution(engine.updateDeps, principalOf(request), request.params.id, update),
        200,
      )
    },
  )

  app.delete<ById>(
    '/api/v1/executions/:id',
    {
      config: {
        permission: 'execution_stop',
        api: {
          summary: 'Cancels an execution',
          query: SECRETS_QUERY,
          response: { anyOf: [executionSchema, faultSchema] },
        },
      },
    },
    async (request, reply) => {
      try {
        return await sendOne(
          request,
          reply,
          await cancelOnRequest(engine.cancelDeps, principalOf(request), request.params.id),
          200,
        )
      } catch (error) {
        // NOTE: 200, not 409: clients print the faultstring of a 200.
        if (error instanceof NotCancelableError) return sendJson(reply, { faultstring: error.message })
        throw error
      }
    },
  )

  app.post<ById>(
    '/api/v1/executions/:id/re_run',
    {
      config: {
        permission: 'execution_rerun',
        api: {
          summary: 'Runs the action of an execution again',
          query: SECRETS_QUERY,
          body: rerunRequestSchema,
          status: 201,
          response: executionSchema,
        },
      },
    },
    async (request, reply) => {
      const document = await rerunExecution(
        engine.requestDeps,
        principalOf(request),
        request.params.id,
        readRerun(request),
      )
      return sendOne(request, reply, document, 201)
    },
  )

  async function sendOne(
    request: FastifyRequest,
    reply: FastifyReply,
    document: ExecutionDocument,
    status: number,
  ): Promise<FastifyReply> {
    return sendJson(
      reply,
      await presenter.one(document, { showSecrets: showsSecrets(request), withResult: true }),
      status,
    )
  }
}

interface ById {
  Params: { id: string }
}

function showsSecrets(request: FastifyRequest): boolean {
  return new QueryParameters(request).boolean('show_secrets') === true && principalOf(request).isAdmin
}

function readMaxResultSize(query: QueryParameters): number | undefined {
  const size = query.integer('max_result_size')
  if (size === undefined) return undefined
  if (size < 1 || size > MAX_RESULT_SIZE) {
    throw new InvalidError(`max_result_size query parameter needs to be between 1 and ${MAX_RESULT_SIZE} bytes`)
  }
  return size
}

function isTooLarge(document: ExecutionDocument, maxResultSize: number | undefined): boolean {
  return maxResultSize !== undefined && (document.result_size ?? 0) > maxResultSize
}

/** Of the `st2-context` header only the parent is taken; who that makes the user is looked up, not believed. */
function parentOfHeader(request: FastifyRequest): string | undefined {
  const header = request.headers['st2-context']
  if (typeof header !== 'string' || header === '') return undefined
  const context = parseContext(header)
  const parent = context['parent']
  if (typeof parent !== 'object' || parent === null || !('execution_id' in parent)) return undefined
  return typeof parent.execution_id === 'string' ? requireId(parent.execution_id) : undefined
}

function parseContext(header: string): Record<string, unknown> {
  try {
    const context: unknown = JSON.parse(header)
    if (typeof context === 'object' && context !== null && !Array.isArray(context)) return { ...context }
  } catch (cause) {
    throw new InvalidError(`Unable to convert st2-context from the headers into JSON.`, { cause })
  }
  throw new InvalidError('Unable to convert st2-context from the headers into JSON: it is not an object.')
}
