import type { EventBody } from './event-body.ts'
import type { StreamEvent, StreamFilter } from './event-filter.ts'
import type { SseConnection } from './sse-connection.ts'
import type { StreamListener } from './stream-listener.ts'

/** Tells one event stream what passes its filter, and ends it where it was asked to. */
export class SseListener implements StreamListener {
  readonly #connection: SseConnection
  readonly #filter: StreamFilter

  constructor(connection: SseConnection, filter: StreamFilter) {
    this.#connection = connection
    this.#filter = filter
  }

  wants(event: StreamEvent): boolean {
    return this.#filter.wants(event) || this.#filter.ends(event)
  }

  tell(event: StreamEvent, body: EventBody): void {
    if (this.#filter.wants(event)) this.#connection.send(event.name, body.text(null))
    if (this.#filter.ends(event)) this.#connection.end()
  }

  /** NOTE: an event stream has no word for it, as upstream's has none. */
  missed(): void {}

  close(): void {
    this.#connection.end()
  }
}
