import type { FastifyInstance } from 'fastify'
import { sendJson } from '../http/json-reply.ts'
import { openapiDocument } from '../openapi/openapi-document.ts'
import type { DocumentedRoute } from '../openapi/route-document.ts'

/** The routes as they are registered; the document is made when it is first asked for, and kept. */
export function openapiRoutes(app: FastifyInstance, routes: readonly DocumentedRoute[], version: string): void {
  let document: Record<string, unknown> | null = null
  const api = { summary: 'This document', response: { type: 'object' } } as const

  app.get('/api/v1/openapi.json', { config: { permission: 'authenticated', api } }, async (_request, reply) =>
    sendJson(reply, (document ??= openapiDocument(routes, { version }))),
  )
}
