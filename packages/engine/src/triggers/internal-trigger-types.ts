import type { TriggerTypeDefinition } from './register-trigger-type.ts'

const PACK = 'core'

export const WEBHOOK_TYPE = 'core.st2.webhook'
export const INTERVAL_TIMER = 'core.st2.IntervalTimer'
export const DATE_TIMER = 'core.st2.DateTimer'
export const CRON_TIMER = 'core.st2.CronTimer'
export const TIMER_TYPES: readonly string[] = [INTERVAL_TIMER, DATE_TIMER, CRON_TIMER]

export const ACTION_TRIGGER = 'core.st2.generic.actiontrigger'
export const NOTIFY_TRIGGER = 'core.st2.generic.notifytrigger'
export const INQUIRY_TRIGGER = 'core.st2.generic.inquiry'
export const FILE_WRITTEN_TRIGGER = 'core.st2.action.file_written'
export const SENSOR_SPAWN_TRIGGER = 'core.st2.sensor.process_spawn'
export const SENSOR_EXIT_TRIGGER = 'core.st2.sensor.process_exit'
export const KEY_CREATE_TRIGGER = 'core.st2.key_value_pair.create'
export const KEY_UPDATE_TRIGGER = 'core.st2.key_value_pair.update'
export const KEY_VALUE_CHANGE_TRIGGER = 'core.st2.key_value_pair.value_change'
export const KEY_DELETE_TRIGGER = 'core.st2.key_value_pair.delete'

/** Whose parameters are validated whatever the configuration says. @source services.md 2.6 */
export function isSystemTriggerType(ref: string): boolean {
  return ref === WEBHOOK_TYPE || TIMER_TYPES.includes(ref)
}

/**
 * The trigger types the platform itself brings; schemas are upstream's.
 *
 * @param options `[action_sensor] enable`: without it nobody hears of the end of executions
 * @source services.md 3.5
 */
export function internalTriggerTypes(options: { readonly hasActionTrigger: boolean }): TriggerTypeDefinition[] {
  return TYPES.filter((type) => options.hasActionTrigger || ref(type) !== ACTION_TRIGGER)
}

function ref({ pack, name }: TriggerTypeDefinition): string {
  return `${pack}.${name}`
}

const required = { required: true } as const
const number = { anyOf: [{ type: 'string' }, { type: 'integer' }] } as const
const timezone = { type: 'string' } as const

const timerPayload = {
  type: 'object',
  properties: {
    executed_at: { type: 'string', format: 'date-time', default: '2014-07-30 05:04:24.578325' },
    schedule: { type: 'object', default: { delta: 30, units: 'seconds' } },
  },
} as const

/** Fields of any kind. */
function untyped(...names: readonly string[]): Record<string, unknown> {
  return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, {}])) }
}

function closed(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', properties, additionalProperties: false }
}

function internal(
  name: string,
  description: string,
  payload: Record<string, unknown>,
  parameters: Record<string, unknown> = {},
): TriggerTypeDefinition {
  return { name, pack: PACK, description, payload_schema: payload, parameters_schema: parameters }
}

const TYPES: readonly TriggerTypeDefinition[] = [
  internal(
    'st2.generic.actiontrigger',
    'An action execution ended.',
    untyped(
      'execution_id',
      'status',
      'start_timestamp',
      'action_name',
      'action_ref',
      'runner_ref',
      'parameters',
      'result',
    ),
  ),
  internal(
    'st2.generic.notifytrigger',
    'Somebody is to be notified of an execution.',
    untyped(
      'execution_id',
      'status',
      'start_timestamp',
      'end_timestamp',
      'action_ref',
      'runner_ref',
      'channel',
      'route',
      'message',
      'data',
    ),
  ),
  internal(
    'st2.action.file_written',
    'A file of an action was written on disk.',
    untyped('ref', 'file_path', 'host_info'),
  ),
  internal(
    'st2.generic.inquiry',
    'An inquiry waits for an answer.',
    closed({
      id: { type: 'string', description: 'Id of the inquiry.', ...required },
      route: { type: 'string', description: 'What rules send it on by.', ...required },
    }),
  ),
  internal('st2.sensor.process_spawn', 'The process of a sensor was started.', untyped('object')),
  internal('st2.sensor.process_exit', 'The process of a sensor ended.', untyped('object')),
  internal('st2.key_value_pair.create', 'A datastore item was created.', untyped('object')),
  internal('st2.key_value_pair.update', 'A datastore item was set.', untyped('object')),
  internal(
    'st2.key_value_pair.value_change',
    'The value of a datastore item changed.',
    untyped('old_object', 'new_object'),
  ),
  internal('st2.key_value_pair.delete', 'A datastore item was deleted.', untyped('object')),
  internal(
    'st2.webhook',
    'A request came in at a webhook, with any payload.',
    {
      type: 'object',
      properties: { headers: { type: 'object' }, body: { anyOf: [{ type: 'array' }, { type: 'object' }] } },
    },
    closed({ url: { type: 'string', ...required } }),
  ),
  internal(
    'st2.IntervalTimer',
    'Fires at intervals, every 30 seconds or every week.',
    timerPayload,
    closed({
      timezone,
      unit: { enum: ['weeks', 'days', 'hours', 'minutes', 'seconds'], ...required },
      delta: { type: 'integer', ...required },
    }),
  ),
  internal(
    'st2.DateTimer',
    'Fires once, at the given time, such as timezone:UTC date:2014-12-31 23:59:59.',
    timerPayload,
    closed({ timezone, date: { type: 'string', format: 'date-time', ...required } }),
  ),
  internal(
    'st2.CronTimer',
    'Fires whenever the time matches the given fields, like cron.',
    timerPayload,
    closed({
      timezone,
      year: number,
      month: { ...number, minimum: 1, maximum: 12 },
      day: { ...number, minimum: 1, maximum: 31 },
      week: { ...number, minimum: 1, maximum: 53 },
      day_of_week: { ...number, minimum: 0, maximum: 6 },
      hour: { ...number, minimum: 0, maximum: 23 },
      minute: { ...number, minimum: 0, maximum: 59 },
      second: { ...number, minimum: 0, maximum: 59 },
    }),
  ),
]
