import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Engine, type Principal, purgeOlder } from '@st2/engine'
import { AccessDeniedError, InvalidError, type PurgeAnswer, purgeAnswerSchema, purgeRequestSchema } from '@st2/model'
import { principalOf } from '../http/guard.ts'
import { bodyReader, namingTheField } from '../http/request-body.ts'

const readRequest = bodyReader(purgeRequestSchema, namingTheField)

/** ms that one request works: the caller asks again until nothing is left. */
const WORK_MS = 1000

/** Removing what is old by hand: what the st2-purge commands ask for. This server's own: upstream's commands use the database. */
export function purgeRoutes(app: FastifyInstance, { engine }: { readonly engine: Engine }): void {
  app.post(
    '/api/v1/purges',
    {
      config: {
        permission: 'admin',
        api: {
          summary: 'Removes documents of a kind that are older than a moment; asked again until "next" is null',
          body: purgeRequestSchema,
          response: purgeAnswerSchema,
        },
      },
    },
    async (request: FastifyRequest): Promise<PurgeAnswer> => {
      const { kind, timestamp, action_ref, purge_incomplete, from = '' } = readRequest(request)
      refuseUnlessAdmin(principalOf(request))
      const purge = { kind, before: momentOf(timestamp), actionRef: action_ref, includesIncomplete: purge_incomplete }
      const end = engine.clock.monotonic() + WORK_MS
      let removed = 0
      let next: string | null = from
      while (next !== null && engine.clock.monotonic() < end) {
        const progress = await purgeOlder(engine.purgeDeps, purge, next)
        removed += progress.removed
        next = progress.next
      }
      return { removed, next }
    },
  )
}

/** NOTE: while there are no roles everybody counts as admin; what is lost for good asks for one that is named as such. */
function refuseUnlessAdmin({ mayImpersonate, method }: Principal): void {
  if (!mayImpersonate && method !== 'none') throw new AccessDeniedError('Administrator access required')
}

function momentOf(timestamp: string): number {
  const isIso = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(timestamp)
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(timestamp.slice(10))
  const moment = isIso ? Date.parse(timestamp.length > 10 && !hasZone ? `${timestamp}Z` : timestamp) : Number.NaN
  if (Number.isNaN(moment))
    throw new InvalidError(`timestamp: "${timestamp}" is no time like 2026-01-31T00:00:00.000000Z`)
  return moment
}
