/** From the most to the least significant, as defaults are decided. */
export const CRON_FIELDS = ['year', 'month', 'day', 'week', 'day_of_week', 'hour', 'minute', 'second'] as const
export type CronFieldName = (typeof CRON_FIELDS)[number]

interface CronLimits {
  readonly minimum: number
  readonly maximum: number
  /** What is taken when a more significant field is the last one given. */
  readonly fallback: string
}

/** Monday is day 0 of a week. @source services.md 3.2 */
export const CRON_LIMITS: Readonly<Record<CronFieldName, CronLimits>> = {
  year: { minimum: 1970, maximum: 9999, fallback: '*' },
  month: { minimum: 1, maximum: 12, fallback: '1' },
  day: { minimum: 1, maximum: 31, fallback: '1' },
  week: { minimum: 1, maximum: 53, fallback: '*' },
  day_of_week: { minimum: 0, maximum: 6, fallback: '*' },
  hour: { minimum: 0, maximum: 23, fallback: '0' },
  minute: { minimum: 0, maximum: 59, fallback: '0' },
  second: { minimum: 0, maximum: 59, fallback: '0' },
}
