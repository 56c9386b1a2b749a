import type { Bus, Subscription } from '../ports/bus.ts'

export type ChangeKind = 'create' | 'update' | 'delete'

/** What was written to a document, with the document as it is now; as it was, when it is gone. */
export interface DocumentEvent<T> {
  readonly kind: ChangeKind
  readonly document: T
}

/** Tells every process what was written. Nothing is announced before it is durable. Topics are upstream's exchanges. */
export class DocumentEvents<T> {
  readonly #bus: Bus
  readonly #topic: string

  constructor(bus: Bus, topic: 'st2.trigger' | 'st2.trigger_type' | 'st2.sensor' | 'st2.rule') {
    this.#bus = bus
    this.#topic = topic
  }

  announce(kind: ChangeKind, document: T): void {
    this.#bus.broadcast(this.#topic, { kind, document } satisfies DocumentEvent<T>)
  }

  /** @param missed called when events may have been lost: what was learnt from them is to be looked up again */
  listen(handle: (event: DocumentEvent<T>) => void, missed?: () => void): Promise<Subscription> {
    return this.#bus.subscribe(this.#topic, (message) => handle(message as DocumentEvent<T>), missed)
  }
}
