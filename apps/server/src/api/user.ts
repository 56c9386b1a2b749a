import type { FastifyInstance } from 'fastify'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { userViewSchema } from '@st2/model'

/** Who am I. @source rest-api.md 9.1 */
export function userRoutes(app: FastifyInstance): void {
  app.get(
    '/api/v1/user',
    { config: { permission: 'authenticated', api: { summary: 'Who asks', response: userViewSchema } } },
    async (request, reply) => {
      const principal = principalOf(request)
      return sendJson(reply, {
        username: principal.user,
        authentication: {
          method: principal.method,
          location: principal.location,
          ...(principal.tokenExpiresAt === undefined ? {} : { token_expire: wholeSeconds(principal.tokenExpiresAt) }),
        },
        rbac: { enabled: false, roles: [], is_admin: principal.isAdmin },
      })
    },
  )
}

/** The one timestamp upstream shows without a fraction. */
function wholeSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
