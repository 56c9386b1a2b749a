import type { FastifyInstance } from 'fastify'
import type { Engine } from '@st2/engine'
import { NotFoundError, ruleTypeSchema } from '@st2/model'
import { sendJson } from '../http/json-reply.ts'
import { listOf } from '../openapi/route-document.ts'

/** @source rest-api.md 9.6 */
export function ruleTypeRoutes(app: FastifyInstance, engine: Engine): void {
  app.get(
    '/api/v1/ruletypes',
    {
      config: {
        permission: 'authenticated',
        api: { summary: 'Lists rule types', response: listOf(ruleTypeSchema) },
      },
    },
    async (_request, reply) => sendJson(reply, await engine.ruleTypes.list()),
  )

  app.get<ById>(
    '/api/v1/ruletypes/:id',
    {
      config: {
        permission: 'authenticated',
        api: { summary: 'One rule type, by id', response: ruleTypeSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const type = await engine.ruleTypes.findById(id)
      if (type === null) throw new NotFoundError(missing(id))
      return sendJson(reply, type)
    },
  )
}

interface ById {
  Params: { id: string }
}

/** Upstream's texts: names are no ids. */
function missing(id: string): string {
  if (/^[0-9a-f]{24}$/i.test(id)) return `Unable to identify resource with id "${id}".`
  return (
    `Database lookup for id="${id}" resulted in exception. ` +
    `'${id}' is not a valid ObjectId, it must be a 12-byte input or a 24-character hex string`
  )
}
