import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Engine,
  evaluateInWorkflow,
  inspectDefinition,
  rehearseWorkflow,
  showJournal,
  showWorkflow,
  simulateWorkflow,
} from '@st2/engine'
import {
  expressionEvaluationSchema,
  InvalidError,
  workflowEvaluationRequestSchema,
  workflowJournalSchema,
  workflowMistakeSchema,
  workflowRehearsalRequestSchema,
  workflowRehearsalSchema,
  workflowSimulationRequestSchema,
  workflowSimulationSchema,
  workflowViewSchema,
} from '@st2/model'
import { requireId } from '../http/filters.ts'
import { principalOf } from '../http/guard.ts'
import { sendEvaluation, sendJson } from '../http/json-reply.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { bodyReader, bodyText, namingTheField, readBody, withoutNulls } from '../http/request-body.ts'
import { listOf, TEXT } from '../openapi/route-document.ts'

const DEFAULT_JOURNAL_LIMIT = 100
const MAX_JOURNAL_LIMIT = 1000

const readSimulation = bodyReader(workflowSimulationRequestSchema, namingTheField)
const readRehearsal = bodyReader(workflowRehearsalRequestSchema, namingTheField)
const readEvaluation = bodyReader(workflowEvaluationRequestSchema, namingTheField)

export interface WorkflowRoutesOptions {
  readonly engine: Engine
  /** `[api] max_workflow_view_size` */
  readonly maxViewSize: number
}

/** Inspection is upstream's; the rest is this server's own. @source rest-api.md 9.12; orquesta.md 4.6 */
export function workflowRoutes(app: FastifyInstance, { engine, maxViewSize }: WorkflowRoutesOptions): void {
  const { workflowDeps: deps } = engine

  app.post(
    '/api/v1/workflows/inspect',
    {
      config: {
        permission: 'authenticated',
        api: {
          summary: 'Everything that is wrong with a definition, which is sent as text/plain',
          body: TEXT,
          response: listOf(workflowMistakeSchema),
        },
      },
    },
    async (request, reply) => sendJson(reply, await inspectDefinition(deps, definitionOf(request))),
  )

  app.post(
    '/api/v1/workflows/simulate',
    {
      config: {
        permission: 'authenticated',
        api: {
          summary: 'Conducts a definition with given results and without effects',
          body: workflowSimulationRequestSchema,
          response: workflowSimulationSchema,
        },
      },
    },
    async (request, reply) =>
      sendJson(reply, await simulateWorkflow({ ...deps, clock: engine.clock }, withoutNulls(readSimulation(request)))),
  )

  app.post(
    '/api/v1/workflows/rehearse',
    {
      config: {
        permission: 'authenticated',
        api: {
          summary: 'Tries a definition against a test case',
          body: workflowRehearsalRequestSchema,
          response: workflowRehearsalSchema,
        },
      },
    },
    async (request, reply) => sendJson(reply, { differences: rehearseWorkflow(deps, readRehearsal(request)) }),
  )

  app.get<ByExecution>(
    '/api/v1/workflows/:execution',
    {
      config: {
        permission: 'execution_view',
        api: {
          summary: 'The workflow of an execution from within: state, sequence, routes, variables, tasks',
          query: { until: { type: 'integer', description: 'As it was before this row of the journal.' } },
          response: workflowViewSchema,
        },
      },
    },
    async (request, reply) => {
      const until = new QueryParameters(request).integer('until')
      if (until !== undefined && until < 0) throw new InvalidError(`until: "${until}" is not the number of a row`)
      return sendJson(
        reply,
        await showWorkflow(deps, requireId(request.params.execution), { until: until ?? null, maxSize: maxViewSize }),
      )
    },
  )

  app.get<ByExecution>(
    '/api/v1/workflows/:execution/journal',
    {
      config: {
        permission: 'execution_view',
        api: {
          summary: 'What happened in a workflow, event by event',
          query: {
            from: { type: 'integer', description: 'Number of the first event.' },
            limit: {
              type: 'integer',
              description: `Events to answer, ${MAX_JOURNAL_LIMIT} at most; fewer when their results are large.`,
            },
          },
          response: workflowJournalSchema,
        },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const from = query.integer('from') ?? 0
      const limit = query.integer('limit') ?? DEFAULT_JOURNAL_LIMIT
      if (from < 0) throw new InvalidError(`from: "${from}" is not the number of an event`)
      if (limit < 1 || limit > MAX_JOURNAL_LIMIT) {
        throw new InvalidError(`limit: from 1 to ${MAX_JOURNAL_LIMIT}, not "${limit}"`)
      }
      return sendJson(
        reply,
        await showJournal(deps, requireId(request.params.execution), { from, limit, maxSize: maxViewSize }),
      )
    },
  )

  app.post<ByExecution>(
    '/api/v1/workflows/:execution/evaluate',
    {
      config: {
        permission: 'execution_view',
        api: {
          summary: 'Evaluates an expression with the variables of a step of a run',
          body: workflowEvaluationRequestSchema,
          response: expressionEvaluationSchema,
        },
      },
    },
    async (request, reply) => {
      const { expression, language = 'yaql', context, ...place } = readEvaluation(request)
      const evaluation = await evaluateInWorkflow(
        { ...deps, evaluateDeps: engine.evaluateDeps },
        principalOf(request),
        requireId(request.params.execution),
        { expression, language, ...(context === undefined ? {} : { context }) },
        place,
      )
      return sendEvaluation(reply, evaluation)
    },
  )
}

/** Text as it is, or a JSON text. */
function definitionOf(request: FastifyRequest): string {
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('text/plain') || type === '') return bodyText(request)
  const body = readBody(request)
  if (typeof body === 'string') return body
  throw new InvalidError('The definition of a workflow is sent as text/plain, or as a JSON text.')
}

interface ByExecution {
  Params: { execution: string }
}
