import type { EventBody } from './event-body.ts'
import type { StreamEvent } from './event-filter.ts'

/** Who is told of events. */
export interface StreamListener {
  /** Whether the body of the event is to be built for it. */
  wants(event: StreamEvent): boolean
  /** Called with every event that anybody wanted. */
  tell(event: StreamEvent, body: EventBody): void
  /** Events may have been lost on their way to this process. */
  missed(): void
  /** The server stops. */
  close(): void
}
