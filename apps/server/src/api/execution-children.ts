import type { FastifyInstance } from 'fastify'
import { countDescendants, type Engine, findDescendants } from '@st2/engine'
import { executionSchema } from '@st2/model'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { project, readAttributes, readPage, refuseTooManyRows, sendPageHeaders } from '../http/listing.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { ATTRIBUTES_QUERY, listOf, PAGE_QUERY } from '../openapi/route-document.ts'
import type { ExecutionPresenter } from '../views/execution-presenter.ts'
import { EXECUTION_MANDATORY } from '../views/execution-view.ts'
import { asksFor, EXECUTION_ATTRIBUTE_RULES } from './execution-attributes.ts'
import { findExecution } from './find-execution.ts'
import type { ListLimits } from './list-route.ts'

export interface ExecutionChildrenRoutesOptions extends ListLimits {
  readonly engine: Engine
  readonly presenter: ExecutionPresenter
}

const CHILDREN_QUERY = {
  depth: { type: 'integer', description: 'Levels to answer; all of them unless it is positive.' },
  result_fmt: { type: 'string', description: '"sorted": by start.' },
  ...PAGE_QUERY,
  ...ATTRIBUTES_QUERY,
} as const

/** Pages, counts and attributes are not upstream's: there, all of it is answered always. @source rest-api.md 9.3 */
export function executionChildrenRoutes(app: FastifyInstance, options: ExecutionChildrenRoutesOptions): void {
  const { presenter, maxPageSize, maxListRows } = options
  const { executions } = options.engine
  app.get<{ Params: { id: string } }>(
    '/api/v1/executions/:id/children',
    {
      config: {
        permission: 'execution_view',
        api: {
          summary: 'Executions that an execution asked for',
          query: CHILDREN_QUERY,
          response: listOf(executionSchema),
        },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const page = readPage(query, principalOf(request), { defaultLimit: undefined, maxPageSize })
      const attributes = readAttributes(query, EXECUTION_ATTRIBUTE_RULES)
      const root = await findExecution(options.engine, request.params.id)
      const depth = depthOf(query.integer('depth'))
      const total = await countDescendants(executions, root.id, depth)
      refuseTooManyRows(total, page, maxListRows)
      const documents = await findDescendants(executions, root.id, {
        depth,
        order: query.text('result_fmt') === 'sorted' ? 'by-start' : 'depth-first',
        limit: page.limit ?? maxListRows,
        offset: page.offset,
      })
      const parts = { withResult: asksFor(attributes, 'result'), withChildren: asksFor(attributes, 'children') }
      const views = await presenter.many(documents, { showSecrets: false, ...parts })
      sendPageHeaders(reply, total, page)
      return sendJson(
        reply,
        views.map((view) => project(view, attributes, EXECUTION_MANDATORY)),
      )
    },
  )
}

function depthOf(depth = -1): number {
  return depth < 1 ? Number.POSITIVE_INFINITY : depth
}
