import type { FastifyInstance } from 'fastify'
import { type Engine, findInquiry, listInquiries, respondToInquiry } from '@st2/engine'
import { inquiryResponseSchema, inquirySchema } from '@st2/model'
import { isSchema, maskSecrets } from '@st2/schema'
import { principalOf } from '../http/guard.ts'
import { sendJson } from '../http/json-reply.ts'
import { bodyReader } from '../http/request-body.ts'
import { addListRoute, attributesOf, type ListLimits } from './list-route.ts'

const DEFAULT_LIMIT = 20

const readResponse = bodyReader(inquiryResponseSchema)

/** @source rest-api.md 9.5 */
export function inquiryRoutes(app: FastifyInstance, engine: Engine, limits: ListLimits): void {
  addListRoute(app, limits, {
    url: '/api/v1/inquiries',
    permission: 'inquiry_list',
    summary: 'Lists inquiries that wait for a response',
    query: {},
    response: inquirySchema,
    attributes: attributesOf(inquirySchema),
    defaultLimit: DEFAULT_LIMIT,
    find: (_query, page) => listInquiries(engine, page, limits.maxListRows),
  })

  app.get<ById>(
    '/api/v1/inquiries/:id',
    {
      config: {
        permission: 'inquiry_view',
        api: { summary: 'One inquiry that waits for a response', response: inquirySchema },
      },
    },
    async (request, reply) => sendJson(reply, await findInquiry(engine, request.params.id)),
  )

  app.put<ById>(
    '/api/v1/inquiries/:id',
    {
      config: {
        permission: 'inquiry_respond',
        api: { summary: 'Responds to an inquiry', body: inquiryResponseSchema, response: inquiryResponseSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { response } = readResponse(request)
      const { schema } = await findInquiry(engine, id)
      await respondToInquiry(engine, principalOf(request), id, response)
      return sendJson(reply, { id, response: isSchema(schema) ? maskSecrets(schema, response) : response })
    },
  )
}

interface ById {
  Params: { id: string }
}
