import type { FastifyInstance } from 'fastify'
import { sendJson } from '../http/json-reply.ts'

const INDEX = {
  type: 'object',
  properties: { version: { type: 'string', required: true }, docs_url: { type: 'string', required: true } },
} as const

export function indexDocumentRoutes(app: FastifyInstance, version: string): void {
  app.get(
    '/api/v1',
    { config: { permission: 'authenticated', api: { summary: 'Version of the API', response: INDEX } } },
    async (_request, reply) => sendJson(reply, { version, docs_url: 'http://docs.stackstorm.com' }),
  )
}
