import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Engine, type EvaluateDeps, evaluateExpression } from '@st2/engine'
import { expressionEvaluationSchema, expressionRequestSchema, NotFoundError } from '@st2/model'
import { principalOf } from '../http/guard.ts'
import { sendEvaluation } from '../http/json-reply.ts'
import { bodyReader, bodyText, namingTheField } from '../http/request-body.ts'
import type { ExecutionPresenter } from '../views/execution-presenter.ts'
import { expressionContext } from '../views/expression-context.ts'

const readRequest = bodyReader(expressionRequestSchema, namingTheField)

export interface ExpressionRoutesOptions {
  readonly deps: EvaluateDeps
  readonly executions: Engine['executions']
  readonly presenter: ExecutionPresenter
}

/** Trying out expressions. This server's own: upstream has no such route. */
export function expressionRoutes(app: FastifyInstance, options: ExpressionRoutesOptions): void {
  app.post(
    '/api/v1/expressions/evaluate',
    {
      config: {
        permission: 'execution_view',
        api: {
          summary: 'Evaluates an expression, with the context of a past execution if one is named',
          body: expressionRequestSchema,
          response: expressionEvaluationSchema,
        },
      },
    },
    async (request: FastifyRequest, reply) => {
      const { execution } = readRequest(request)
      const evaluation = await evaluateExpression(
        options.deps,
        principalOf(request),
        bodyText(request),
        async (layer) => (typeof execution === 'string' ? expressionContext(layer, await present(execution)) : {}),
      )
      return sendEvaluation(reply, evaluation)
    },
  )

  async function present(id: string): Promise<Record<string, unknown>> {
    const document = await options.executions.get(id)
    if (document === null) throw new NotFoundError(`Execution with id "${id}" not found.`)
    return options.presenter.one(document, { showSecrets: false, withResult: true })
  }
}
