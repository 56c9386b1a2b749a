/** Services that answer HTTP requests, each with a port of its own beside the one port of a single box. */
export const HTTP_SERVICES = ['api', 'auth', 'stream'] as const
export type HttpService = (typeof HTTP_SERVICES)[number]

/** Services that work by themselves, by upstream's names. */
export const BACKGROUND_SERVICES = [
  'rulesengine',
  'timersengine',
  'sensorcontainer',
  'notifier',
  'scheduler',
  'workflowengine',
  'actionrunner',
  'garbagecollector',
] as const
export type BackgroundService = (typeof BACKGROUND_SERVICES)[number]

export const SERVICES = [...HTTP_SERVICES, ...BACKGROUND_SERVICES] as const
export type ServiceName = (typeof SERVICES)[number]

/** What a process does, and where it listens for that. */
export interface ServicePlan {
  readonly background: readonly BackgroundService[]
  readonly http: readonly HttpService[]
  /** The one port of WebUI, /api, /auth, /stream and health. */
  readonly opensMainPort: boolean
  /** Ports of single services. A process that has the main port does without those that are taken. */
  readonly directPorts: 'none' | 'if-free' | 'required'
}

/**
 * All services, or all that answer: the main port, and the direct ports beside it. Some that answer: their own ports. None: no port,
 * unless one is asked for, which then tells the health.
 *
 * @param named null: every service
 */
export function servicePlan(
  named: readonly ServiceName[] | null,
  asked: { readonly mainPort: boolean; readonly directPorts: boolean },
): ServicePlan {
  const isWanted = (service: ServiceName): boolean => named === null || named.includes(service)
  const http = HTTP_SERVICES.filter(isWanted)
  const answersAll = http.length === HTTP_SERVICES.length
  return {
    http,
    background: BACKGROUND_SERVICES.filter(isWanted),
    opensMainPort: answersAll || asked.mainPort,
    directPorts: !asked.directPorts || http.length === 0 ? 'none' : answersAll ? 'if-free' : 'required',
  }
}
