import type { Bus, Subscription } from '../ports/bus.ts'

const TOPIC = 'st2.content'

export type ContentCollection =
  | 'action'
  | 'runner_type'
  | 'pack'
  | 'config'
  | 'config_schema'
  | 'rule'
  | 'policy'
  | 'action_alias'

interface ContentChange {
  readonly collection: ContentCollection
  /** Null: many at once. */
  readonly id: string | null
}

/** Tells every process that cached content has changed. A store forgets by itself what it writes, before this is heard. */
export class ContentChanges {
  readonly #bus: Bus
  readonly #forget = new Map<ContentCollection, (id: string | null) => void>()

  constructor(bus: Bus) {
    this.#bus = bus
  }

  onChange(collection: ContentCollection, forget: (id: string | null) => void): void {
    this.#forget.set(collection, forget)
  }

  announce(collection: ContentCollection, id: string | null): void {
    this.#forget.get(collection)?.(id)
    this.#bus.broadcast(TOPIC, { collection, id } satisfies ContentChange)
  }

  listen(): Promise<Subscription> {
    const forget = (message: unknown): void => {
      if (isChange(message)) this.#forget.get(message.collection)?.(message.id)
    }
    const forgetAll = (): void => {
      for (const forgetAllOf of this.#forget.values()) forgetAllOf(null)
    }
    return this.#bus.subscribe(TOPIC, forget, forgetAll)
  }
}

function isChange(message: unknown): message is ContentChange {
  return typeof message === 'object' && message !== null && 'collection' in message && 'id' in message
}
