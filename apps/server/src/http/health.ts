import type { FastifyInstance } from 'fastify'
import { sendJson } from './json-reply.ts'

export interface HealthOptions {
  /** Resolves when the store answers; rejects otherwise. */
  readonly probe: () => Promise<void>
  readonly isReady: () => boolean
}

const STATUS = {
  type: 'object',
  properties: { status: { type: 'string', required: true }, reason: { type: 'string' } },
} as const

/** `/healthz`: the process lives. `/readyz`: it can do its work now. Both without authentication. */
export function healthRoutes(app: FastifyInstance, options: HealthOptions): void {
  app.get(
    '/healthz',
    { config: { permission: 'public', api: { summary: 'Whether the process lives', response: STATUS } } },
    async (_request, reply) => sendJson(reply, { status: 'ok' }),
  )

  app.get(
    '/readyz',
    { config: { permission: 'public', api: { summary: 'Whether the server can do its work now', response: STATUS } } },
    async (request, reply) => {
      if (!options.isReady()) return sendJson(reply, { status: 'starting' }, 503)
      try {
        await options.probe()
      } catch (err) {
        request.log.error({ err }, 'not ready: the store does not answer')
        return sendJson(reply, { status: 'unavailable', reason: 'the store does not answer' }, 503)
      }
      return sendJson(reply, { status: 'ok' })
    },
  )
}
