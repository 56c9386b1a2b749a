import { isCompleted, isExecutionStatus } from '@st2/model'
import type { Http } from '../http.ts'
import type { Urls } from '../urls.ts'
import { type BackOff, type ConnectionState, keepConnected } from './connection.ts'

/** ms; the server sends a keepalive after 25 s of silence, so three in a row are missing. */
export const DEFAULT_SILENCE_MS = 80_000

export interface EventsOptions {
  /** Names or shell-style globs; the server's default choice when absent. */
  readonly events?: readonly string[] | undefined
  readonly executionIds?: readonly string[] | undefined
  readonly actionRefs?: readonly string[] | undefined
  /** With `endExecutionId`: ends after an event of this name about that execution in a completed status. */
  readonly endEvent?: string | undefined
  readonly endExecutionId?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly backOff?: BackOff | undefined
  /** @default 80000 */
  readonly silenceMs?: number | undefined
}

/**
 * `open` comes first: from then on nothing is missed until `lost`. After `back` whatever happened in between must be
 * asked for, the end of `endExecutionId` included.
 */
export type StreamItem = ConnectionState | { readonly kind: 'event'; readonly event: string; readonly data: unknown }

/** @source rest-api.md 11.1 */
export async function* streamEvents(
  http: Http,
  urls: Urls,
  options: EventsOptions = {},
): AsyncGenerator<StreamItem, void, void> {
  const messages = keepConnected(http, {
    url: eventsUrl(urls, options),
    signal: options.signal,
    silenceMs: options.silenceMs ?? DEFAULT_SILENCE_MS,
    backOff: options.backOff,
  })
  for await (const message of messages) {
    if (message.kind !== 'message') {
      yield message
      continue
    }
    if (message.data === '') continue
    const data: unknown = JSON.parse(message.data)
    yield { kind: 'event', event: message.event, data }
    if (isEnd(options, message.event, data)) return
  }
}

function eventsUrl(urls: Urls, options: EventsOptions): string {
  return urls.events({
    events: options.events,
    execution_ids: options.executionIds,
    action_refs: options.actionRefs,
    end_event: options.endEvent,
    end_execution_id: options.endExecutionId,
  })
}

function isEnd(options: EventsOptions, event: string, data: unknown): boolean {
  if (options.endEvent === undefined || options.endExecutionId === undefined) return false
  if (event !== options.endEvent || typeof data !== 'object' || data === null) return false
  if (!('id' in data) || data.id !== options.endExecutionId) return false
  return 'status' in data && isExecutionStatus(data.status) && isCompleted(data.status)
}
