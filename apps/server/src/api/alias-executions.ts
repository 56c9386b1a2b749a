import type { FastifyInstance } from 'fastify'
import {
  acknowledge,
  type AliasExecution,
  type Engine,
  executeAlias,
  type ExecuteAliasDeps,
  matchAndExecute,
} from '@st2/engine'
import { aliasExecutionRequestSchema, aliasExecutionSchema, aliasMatchAndExecuteSchema } from '@st2/model'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { bodyReader } from '../http/request-body.ts'
import type { ExecutionPresenter } from '../views/execution-presenter.ts'

const readNamed = bodyReader(aliasExecutionRequestSchema)
const readSaid = bodyReader(aliasMatchAndExecuteSchema)

const RESULTS = {
  type: 'object',
  properties: { results: { type: 'array', items: aliasExecutionSchema, required: true } },
} as const

/** What was said is done. @source rest-api.md 9.4 */
export function aliasExecutionRoutes(app: FastifyInstance, engine: Engine, presenter: ExecutionPresenter): void {
  const { actionAliases: aliases, aliasMatcher: matcher, requestDeps } = engine
  const deps: ExecuteAliasDeps = { aliases, matcher, requestDeps }

  app.post(
    '/api/v1/aliasexecution',
    {
      config: {
        permission: 'action_execute',
        api: {
          summary: 'Runs the action of an alias',
          body: aliasExecutionRequestSchema,
          status: 201,
          response: aliasExecutionSchema,
        },
      },
    },
    async (request, reply) => {
      const body = readNamed(request)
      const principal = principalOf(request)
      const done = await executeAlias(deps, principal, body.name, body.format, {
        ...sayingOf(body),
        user: body.user ?? principal.user,
        sourceContext: body.source_context,
      })
      return sendJson(reply, await shown(done), 201)
    },
  )

  app.post(
    '/api/v1/aliasexecution/match_and_execute',
    {
      config: {
        permission: 'action_execute',
        api: { summary: 'Runs what a command means', body: aliasMatchAndExecuteSchema, status: 201, response: RESULTS },
      },
    },
    async (request, reply) => {
      const body = readSaid(request)
      const done = await matchAndExecute(deps, principalOf(request), { ...sayingOf(body), user: body.user })
      return sendJson(reply, { results: await Promise.all(done.map(shown)) }, 201)
    },
  )

  async function shown({ alias, execution: document }: AliasExecution): Promise<Record<string, unknown>> {
    const execution = await presenter.one(document, { showSecrets: false, withResult: false })
    return { execution, actionalias: alias, ...acknowledge(engine.evaluateDeps.lookUps, alias, execution) }
  }
}

interface Said {
  readonly command: string
  readonly source_channel: string
  readonly notification_channel?: string | undefined
  readonly notification_route?: string | undefined
}

function sayingOf({ command, source_channel, notification_channel, notification_route }: Said) {
  return {
    command,
    sourceChannel: source_channel,
    notificationChannel: notification_channel,
    notificationRoute: notification_route,
  }
}
