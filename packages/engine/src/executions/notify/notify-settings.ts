import type { Action, CompletedStatus } from '@st2/model'

const SECTIONS = ['on-complete', 'on-success', 'on-failure'] as const
type SectionName = (typeof SECTIONS)[number]

/** A section of `notify` that applies to how an execution ended. */
export interface NotifySection {
  readonly name: SectionName
  /** Null: the standard text. */
  readonly message: string | null
  readonly data: Readonly<Record<string, unknown>>
  readonly routes: readonly string[]
}

/** What a section without routes means. */
const DEFAULT_ROUTE = 'notify.default'

/** A section that applies, by status; `canceled` completes and is neither success nor failure. */
const OUTCOMES: Readonly<Record<CompletedStatus, readonly SectionName[]>> = {
  succeeded: ['on-complete', 'on-success'],
  failed: ['on-complete', 'on-failure'],
  timeout: ['on-complete', 'on-failure'],
  abandoned: ['on-complete', 'on-failure'],
  canceled: ['on-complete'],
}

type Notify = Readonly<Record<string, unknown>>

/** What an execution is to notify: the action's own settings replace those of the request. @source services.md 6.1 */
export function effectiveNotify(action: Action, requested: Notify | undefined): Record<string, unknown> | undefined {
  if (hasSections(action.notify)) return { ...action.notify }
  return requested === undefined ? undefined : { ...requested }
}

export function hasSections(notify: unknown): boolean {
  return SECTIONS.some((name) => isMapping(notify) && isMapping(notify[name]))
}

/** The sections that apply, in the order in which they are told. */
export function sectionsFor(status: CompletedStatus, notify: Notify | undefined): NotifySection[] {
  return OUTCOMES[status].flatMap((name) => {
    const section = notify?.[name]
    return isMapping(section) ? [sectionOf(name, section)] : []
  })
}

/** The standard text. */
export function standardMessage(name: SectionName, actionRef: string): string {
  const outcome = { 'on-complete': 'completed.', 'on-success': 'succeeded.', 'on-failure': 'failed.' }[name]
  return `Action ${actionRef} ${outcome}`
}

function sectionOf(name: SectionName, section: Notify): NotifySection {
  const { message, data, routes, channels } = section
  const named = [routes, channels].map(routesOf).find((list) => list.length > 0)
  return {
    name,
    message: typeof message === 'string' && message !== '' ? message : null,
    data: isMapping(data) ? data : {},
    routes: named ?? [DEFAULT_ROUTE],
  }
}

function routesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((route) => typeof route === 'string' && route !== '') : []
}

function isMapping(value: unknown): value is Notify {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
