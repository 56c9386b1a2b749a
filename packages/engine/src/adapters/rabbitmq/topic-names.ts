/** Queues and exchanges of the bus. They are not upstream's: messages here are hints about what the store holds. */
export class TopicNames {
  readonly #prefix: string

  /** @param prefix `[messaging] prefix` */
  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** A direct exchange: every process binds the topics it subscribes to. */
  get broadcasts(): string {
    return `${this.#prefix}.bus.broadcast`
  }

  work(topic: string): string {
    return `${this.#prefix}.bus.work.${topic}`
  }

  deadLetters(topic: string): string {
    return `${this.work(topic)}.dead`
  }
}

/** A work queue that nobody used for so long goes: whatever it told is in the store. ms */
const UNUSED_AFTER_MS = 3_600_000
/** The oldest goes. */
const MAX_DEAD_LETTERS = 1000

export const WORK_QUEUE = { durable: true, arguments: { 'x-expires': UNUSED_AFTER_MS } } as const
export const DEAD_LETTER_QUEUE = {
  durable: true,
  arguments: { 'x-expires': 24 * UNUSED_AFTER_MS, 'x-max-length': MAX_DEAD_LETTERS },
} as const
