import type { FastifyInstance } from 'fastify'
import { QueryParameters } from '../http/query-parameters.ts'
import { streamFilter } from './event-filter.ts'
import type { StreamHub } from './stream-hub.ts'
import { TEXT } from '../openapi/route-document.ts'

const STREAM_QUERY = {
  events: { type: 'string', description: 'Names of events, with wildcards, separated by commas.' },
  action_refs: { type: 'string', description: 'Refs of actions, separated by commas.' },
  execution_ids: { type: 'string', description: 'Ids of executions, separated by commas.' },
  end_event: { type: 'string', description: 'Event after which the stream ends.' },
  end_execution_id: { type: 'string', description: 'Execution whose event that is.' },
} as const

/** @source rest-api.md 11.1 */
export function streamRoutes(app: FastifyInstance, hub: StreamHub): void {
  app.get(
    '/stream/v1/stream',
    {
      config: {
        permission: 'stream_view',
        api: {
          summary: 'Events as they happen',
          query: STREAM_QUERY,
          response: TEXT,
          contentType: 'text/event-stream',
        },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const filter = streamFilter({
        events: query.filter('events')?.split(','),
        actionRefs: query.filter('action_refs')?.split(','),
        executionIds: query.filter('execution_ids')?.split(','),
        endEvent: query.filter('end_event'),
        endExecutionId: query.filter('end_execution_id'),
      })
      await hub.add(reply, filter)
      return reply
    },
  )
}
