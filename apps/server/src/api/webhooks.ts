import type { FastifyInstance } from 'fastify'
import { type Engine, receiveWebhook } from '@st2/engine'
import { NotFoundError, triggerSchema } from '@st2/model'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { readBody } from '../http/request-body.ts'
import { listOf } from '../openapi/route-document.ts'
import { triggerView } from '../views/trigger-views.ts'

const BODY = {
  type: ['object', 'array'],
  description: 'Whatever the sender has to say. Forms become objects of lists of texts.',
} as const

/** The triggers that requests fire. @source rest-api.md 9.7, 12 */
export function webhookRoutes(app: FastifyInstance, engine: Engine): void {
  app.get(
    '/api/v1/webhooks',
    {
      config: { permission: 'webhook_list', api: { summary: 'Lists webhooks', response: listOf(triggerSchema) } },
    },
    async (_request, reply) => sendJson(reply, (await engine.webhooks.list()).map(triggerView)),
  )

  app.get<ByHook>(
    '/api/v1/webhooks/*',
    {
      config: {
        permission: 'webhook_view',
        api: { summary: 'The trigger of a webhook, by its url', response: triggerSchema },
      },
    },
    async (request, reply) => {
      const hook = request.params['*']
      const [trigger] = await engine.webhooks.triggersOf(hook)
      if (trigger === undefined) throw new NotFoundError(`Webhook ${hook} not registered with st2`)
      return sendJson(reply, triggerView(trigger))
    },
  )

  app.post<ByHook>(
    '/api/v1/webhooks/*',
    {
      config: {
        permission: 'webhook_send',
        api: { summary: 'Lets an event happen; answered once it is stored', body: BODY, status: 202, response: BODY },
      },
    },
    async (request, reply) => {
      const body = readBody(request)
      const { headers } = request
      // The id is the request's even where the sender named none.
      await receiveWebhook(engine.triggerDeps, principalOf(request), {
        hook: request.params['*'],
        headers: { ...headers, 'x-request-id': request.id },
        body,
      })
      return sendJson(reply, body, 202)
    },
  )
}

interface ByHook {
  Params: { '*': string }
}
