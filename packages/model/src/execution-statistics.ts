/** How long one group of the statistics is. */
export const STATISTICS_INTERVALS = ['minute', 'ten_minutes', 'hour', 'day'] as const
export type StatisticsInterval = (typeof STATISTICS_INTERVALS)[number]

/** What executions can be counted by: what lists can be narrowed to. */
export const STATISTICS_BY = ['status', 'action', 'runner', 'user', 'rule', 'trigger', 'trigger_type'] as const
export type StatisticsBy = (typeof STATISTICS_BY)[number]

export const executionStatisticsSchema = {
  title: 'ExecutionStatistics',
  type: 'object',
  properties: {
    by: { type: 'string', enum: STATISTICS_BY, required: true },
    interval: { type: 'string', enum: STATISTICS_INTERVALS, required: true },
    counted: { type: 'integer', required: true, description: 'Executions that are counted.' },
    is_complete: {
      type: 'boolean',
      required: true,
      description: 'False: there are more that match; the newest are counted.',
    },
    groups: {
      type: 'array',
      required: true,
      items: {
        type: 'object',
        properties: {
          timestamp: { type: 'string', required: true, description: 'When the interval begins, UTC.' },
          value: { type: ['string', 'null'], required: true },
          count: { type: 'integer', required: true },
        },
      },
    },
  },
} as const

/** How many executions there were of each kind, and when they started. */
export interface ExecutionStatistics {
  readonly by: StatisticsBy
  readonly interval: StatisticsInterval
  readonly counted: number
  readonly is_complete: boolean
  /** Oldest first; intervals without executions are left out. */
  readonly groups: readonly {
    readonly timestamp: string
    readonly value: string | null
    readonly count: number
  }[]
}
