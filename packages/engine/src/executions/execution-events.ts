import type { ExecutionDocument, ExecutionOutput } from '@st2/model'
import type { Bus, Subscription } from '../ports/bus.ts'

export type ExecutionEventKind = 'create' | 'update' | 'delete'

export interface ExecutionEvent {
  readonly kind: ExecutionEventKind
  readonly document: ExecutionDocument
}

const EXECUTIONS = 'st2.execution'
const OUTPUT = 'st2.execution.output'
const ANNOUNCEMENT = 'st2.announcement'
const CANCEL = 'st2.actionrunner.cancel'

/** What an action tells everybody who listens to the stream. */
export interface Announcement {
  readonly route: string
  readonly payload: unknown
  readonly trace_context: unknown
}

/** Work that waits; a message only wakes a service early. Names are upstream's queues, so operators know them. */
export const WAKE_SCHEDULER = 'st2.actionrunner.req'
export const WAKE_ACTIONRUNNER = 'st2.actionrunner.work'
export const WAKE_NOTIFIER = 'st2.notifiers.execution.work'

/** Tells others what was written. Nothing is announced before it is durable. */
export class ExecutionEvents {
  readonly #bus: Bus

  constructor(bus: Bus) {
    this.#bus = bus
  }

  announce(kind: ExecutionEventKind, document: ExecutionDocument): void {
    if (this.#bus.hasSubscribers(EXECUTIONS))
      this.#bus.broadcast(EXECUTIONS, { kind, document } satisfies ExecutionEvent)
  }

  announceOutput(output: ExecutionOutput): void {
    if (this.#bus.hasSubscribers(OUTPUT)) this.#bus.broadcast(OUTPUT, output)
  }

  announceToAll(announcement: Announcement): void {
    if (this.#bus.hasSubscribers(ANNOUNCEMENT)) this.#bus.broadcast(ANNOUNCEMENT, announcement)
  }

  onAnnouncement(handle: (announcement: Announcement) => void): Promise<Subscription> {
    return this.#bus.subscribe(ANNOUNCEMENT, (message) => handle(message as Announcement))
  }

  /** Asks whoever runs the execution to stop it. */
  askToCancel(id: string): void {
    this.#bus.broadcast(CANCEL, id)
  }

  /** @param missed called when events may have been lost on the way */
  onExecution(handle: (event: ExecutionEvent) => void, missed?: () => void): Promise<Subscription> {
    return this.#bus.subscribe(EXECUTIONS, (message) => handle(message as ExecutionEvent), missed)
  }

  onOutput(handle: (output: ExecutionOutput) => void): Promise<Subscription> {
    return this.#bus.subscribe(OUTPUT, (message) => handle(message as ExecutionOutput))
  }

  onCancel(handle: (id: string) => void): Promise<Subscription> {
    return this.#bus.subscribe(CANCEL, (message) => handle(message as string))
  }
}
