import { isTemplate, renderTemplate } from '@st2/expressions'
import type { TemplateLookUps } from '../../datastore/template-look-ups.ts'
import { derivedId } from '../../ports/derived-id.ts'
import type { Log } from '../../ports/log.ts'
import type { TriggerEvent } from '../../triggers/dispatch-trigger.ts'
import { NOTIFY_TRIGGER } from '../../triggers/internal-trigger-types.ts'
import type { EndedExecution } from './ended-execution.ts'
import { offsetTime } from './event-times.ts'
import { type NotifySection, sectionsFor, standardMessage } from './notify-settings.ts'

export interface NotificationDeps {
  readonly lookUps: TemplateLookUps
  readonly log: Log
}

/** One event for each route of each section that applies. @source services.md 6.1 */
export async function notificationEvents(deps: NotificationDeps, ended: EndedExecution): Promise<TriggerEvent[]> {
  const events: TriggerEvent[] = []
  for (const section of sectionsFor(ended.status, ended.document.notify)) {
    const text = section.message ?? standardMessage(section.name, ended.document.action_ref)
    const message = await rendered(deps, ended, text)
    const data = await rendered(deps, ended, section.data)
    events.push(...section.routes.map((route) => eventFor(ended, section, route, message, data)))
  }
  return events
}

function eventFor(
  ended: EndedExecution,
  section: NotifySection,
  route: string,
  message: string,
  data: Readonly<Record<string, unknown>>,
): TriggerEvent {
  const { document, status, result } = ended
  return {
    id: derivedId(ended.endedAt, 'notify', document.id, section.name, route),
    trigger: NOTIFY_TRIGGER,
    traceContext: ended.traceContext,
    payload: {
      execution_id: document.id,
      status,
      start_timestamp: offsetTime(document.start_timestamp),
      end_timestamp: offsetTime(document.end_timestamp ?? document.start_timestamp),
      action_ref: document.action_ref,
      runner_ref: document.runner_name,
      route,
      channel: route,
      message,
      data: { ...data, result: JSON.stringify(result) },
    },
  }
}

/** What cannot be rendered is told as it was written. */
async function rendered<T>(deps: NotificationDeps, ended: EndedExecution, value: T): Promise<T> {
  if (!mentionsTemplate(value)) return value
  const { document, result } = ended
  const { environment } = deps.lookUps
  try {
    return await deps.lookUps.evaluate('', ({ st2kv }) => {
      const names = {
        st2kv,
        action_parameters: document.parameters,
        action_context: document.context,
        action_results: result,
      }
      return withTexts(value, (text) => renderTemplate(text, names, { undefined: 'strict', environment }))
    })
  } catch (err) {
    deps.log.warn({ err, execution_id: document.id }, 'a notification could not be rendered; it is sent as written')
    return value
  }
}

function mentionsTemplate(value: unknown): boolean {
  if (typeof value === 'string') return isTemplate(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(mentionsTemplate)
}

/** The value with each text in it changed. */
function withTexts<T>(value: T, change: (text: string) => string): T
function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item: unknown) => withTexts(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item, change)]))
}
