import type { FastifyInstance } from 'fastify'
import type { Engine, Filter } from '@st2/engine'
import {
  type ExecutionStatistics,
  executionStatisticsSchema,
  InvalidError,
  STATISTICS_BY,
  STATISTICS_INTERVALS,
  type StatisticsInterval,
} from '@st2/model'
import { sendJson } from '../http/json-reply.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import { EXECUTION_QUERY, readExecutionQuery } from './execution-filters.ts'

export interface ExecutionStatisticsRoutesOptions {
  readonly engine: Engine
  /** `[api] max_counted_executions` */
  readonly maxCounted: number
}

/** Of a timestamp `2026-11-26T07:41:05.000000Z`: how many characters name the interval, and what completes them to its beginning. */
const INTERVALS: Readonly<Record<StatisticsInterval, { readonly length: number; readonly rest: string }>> = {
  minute: { length: 16, rest: ':00.000000Z' },
  ten_minutes: { length: 15, rest: '0:00.000000Z' },
  hour: { length: 13, rest: ':00:00.000000Z' },
  day: { length: 10, rest: 'T00:00:00.000000Z' },
}

/** More than a chart can show, and still a small answer. */
const MAX_GROUPS = 10_000

/** What a list would show, counted. Not upstream's. */
export function executionStatisticsRoutes(app: FastifyInstance, options: ExecutionStatisticsRoutesOptions): void {
  const { engine, maxCounted } = options
  app.get(
    '/api/v1/executions/views/statistics',
    {
      config: {
        permission: 'execution_list',
        api: {
          summary: 'Counts executions by what they are and when they started',
          query: {
            ...EXECUTION_QUERY,
            by: { type: 'string', enum: STATISTICS_BY, description: 'Default: status.' },
            interval: { type: 'string', enum: STATISTICS_INTERVALS, description: 'Default: hour.' },
          },
          response: executionStatisticsSchema,
        },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const by = oneOf('by', query.filter('by') ?? 'status', STATISTICS_BY)
      const interval = oneOf('interval', query.filter('interval') ?? 'hour', STATISTICS_INTERVALS)
      const { length, rest } = INTERVALS[interval]
      const over = { field: 'start_timestamp', length }
      const { filter } = readExecutionQuery(query)
      refuseScanned(filter)
      const found = await engine.executions.tally({ filter, by, over, limit: maxCounted })
      if (found.length > MAX_GROUPS)
        throw new InvalidError(
          `${found.length} groups of "${by}" by ${interval}; at most ${MAX_GROUPS} are answered: choose a longer interval or a shorter time.`,
        )
      const counted = found.reduce((sum, { count }) => sum + count, 0)
      const groups = found.map(({ over: start, value, count }) => ({
        timestamp: start + rest,
        value: value === null ? null : String(value),
        count,
      }))
      const statistics: ExecutionStatistics = { by, interval, counted, is_complete: counted < maxCounted, groups }
      return sendJson(reply, statistics)
    },
  )
}

/** What no index finds is looked for among few: a count of that would say nothing. */
function refuseScanned(filter: Filter): void {
  const scanned = filter.find((condition) => !('field' in condition))
  if (scanned === undefined) return
  const name = 'paths' in scanned ? 'q' : 'filter'
  throw new InvalidError(
    `Parameter "${name}" finds executions by looking through them, which cannot be counted; use the other filters.`,
  )
}

function oneOf<const T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw new InvalidError(`Parameter "${name}" is not one of ${allowed.join(', ')}.`)
  return found
}
