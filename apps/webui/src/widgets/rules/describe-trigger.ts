/** What makes a trigger fire, in words that go on after “when” or “runs”. Pure. */
export interface TriggerWords {
  /** `a request arrives at the webhook github`. */
  readonly text: string
  /** Short, for rows and headings: `webhook github`. */
  readonly name: string
  readonly kind: 'webhook' | 'timer' | 'other'
}

type Parameters = Readonly<Record<string, unknown>>

export function describeTrigger(type: string, parameters: Parameters): TriggerWords {
  const { kind, text } = wordsOf(type, parameters)
  return { kind, text, name: kind === 'webhook' ? `webhook ${webhookPath(parameters['url'])}` : text }
}

function wordsOf(type: string, parameters: Parameters): Pick<TriggerWords, 'kind' | 'text'> {
  const describe = KNOWN[type]
  if (describe !== undefined) return describe(parameters)
  const pairs = Object.entries(parameters).map(([name, value]) => `${name} ${shown(value)}`)
  return { kind: 'other', text: pairs.length === 0 ? `${type} happens` : `${type} happens with ${pairs.join(', ')}` }
}

const KNOWN: Readonly<Record<string, (parameters: Parameters) => Pick<TriggerWords, 'kind' | 'text'>>> = {
  'core.st2.webhook': ({ url }) => ({ kind: 'webhook', text: `a request arrives at the webhook ${webhookPath(url)}` }),
  'core.st2.IntervalTimer': ({ unit, delta }) => ({ kind: 'timer', text: intervalWords(delta, unit) }),
  'core.st2.DateTimer': ({ date, timezone }) => ({
    kind: 'timer',
    text: `once, at ${shown(date)}${zoneWords(timezone)}`,
  }),
  'core.st2.CronTimer': (parameters) => ({ kind: 'timer', text: cronWords(parameters) }),
  'core.st2.generic.actiontrigger': () => ({ kind: 'other', text: 'an action ends' }),
  'core.st2.generic.notifytrigger': () => ({ kind: 'other', text: 'a notification is sent' }),
  'core.st2.generic.inquiry': () => ({ kind: 'other', text: 'an inquiry asks for an answer' }),
  'core.st2.key_value_pair.create': () => ({ kind: 'other', text: 'a datastore item is created' }),
  'core.st2.key_value_pair.update': () => ({ kind: 'other', text: 'a datastore item is written' }),
  'core.st2.key_value_pair.value_change': () => ({ kind: 'other', text: 'a datastore item changes its value' }),
  'core.st2.key_value_pair.delete': () => ({ kind: 'other', text: 'a datastore item is deleted' }),
  'core.st2.sensor.process_spawn': () => ({ kind: 'other', text: 'the process of a sensor starts' }),
  'core.st2.sensor.process_exit': () => ({ kind: 'other', text: 'the process of a sensor ends' }),
}

/** A webhook's part of its address: without slashes around. */
export function webhookPath(url: unknown): string {
  return typeof url === 'string' ? url.replace(/^\/+|\/+$/g, '') : shown(url)
}

function intervalWords(delta: unknown, unit: unknown): string {
  const name = String(unit ?? 'units')
  return delta === 1 ? `every ${name.replace(/s$/, '')}` : `every ${shown(delta)} ${name}`
}

/** From the longest to the shortest, as one reads a date. */
const CRON_FIELDS = ['year', 'month', 'week', 'day', 'day_of_week', 'hour', 'minute', 'second'] as const
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function cronWords(parameters: Parameters): string {
  const { hour, minute = 0, second = 0, timezone } = parameters
  const given = CRON_FIELDS.filter((field) => parameters[field] != null && parameters[field] !== '*')
  const days = given.filter((field) => !['hour', 'minute', 'second'].includes(field))
  const isClock = [hour, minute, second].every((part) => /^\d{1,2}$/.test(String(part ?? '')))
  const date = days.map((field) => `${field.replaceAll('_', ' ')} ${cronValue(field, parameters[field])}`)
  if (isClock) {
    const clock = [hour, minute, ...(Number(second) === 0 ? [] : [second])].map((part) => String(part).padStart(2, '0'))
    return [`at ${clock.join(':')}`, date.length === 0 ? 'every day' : date.join(', ')].join(', ') + zoneWords(timezone)
  }
  const clock = given.filter((field) => !days.includes(field)).map((field) => `${field} ${shown(parameters[field])}`)
  const all = [...date, ...clock]
  return `on the schedule ${all.length === 0 ? 'every second' : all.join(', ')}${zoneWords(timezone)}`
}

/** Monday is 0. */
function cronValue(field: (typeof CRON_FIELDS)[number], value: unknown): string {
  const day = field === 'day_of_week' && /^[0-6]$/.test(String(value)) ? WEEKDAYS[Number(value)] : undefined
  return day ?? shown(value)
}

function zoneWords(timezone: unknown): string {
  return typeof timezone === 'string' && timezone !== '' ? ` (${timezone})` : ''
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'unknown')
}
