/**
 * Messages are hints: the store is the truth, and every consumer also sweeps. A message is plain JSON.
 * No order is promised on either kind of topic.
 */
export interface Bus {
  /** To exactly one consumer of the topic, now or when one appears. Resolves when the bus has it. */
  send(topic: string, message: unknown): Promise<void>

  /**
   * Takes messages of a work topic, at most `prefetch` at a time. A message is done when the handler's promise
   * resolves; when it rejects, or the consumer dies, the message is delivered again, up to `maxDeliveries` (then
   * it goes to the topic's dead letters).
   */
  consume(topic: string, options: ConsumeOptions, handle: (message: unknown) => Promise<void>): Promise<Subscription>

  /** To every subscriber there is at this moment; nobody listening is fine. */
  broadcast(topic: string, message: unknown): void

  /** @param missed called when messages may have been lost on the way: what was learnt from them is to be looked up again */
  subscribe(topic: string, handle: (message: unknown) => void, missed?: () => void): Promise<Subscription>

  /** False when surely nobody listens to the topic, here or elsewhere: spares building what nobody reads. */
  hasSubscribers(topic: string): boolean

  close(): Promise<void>
}

export interface ConsumeOptions {
  readonly prefetch: number
  readonly maxDeliveries: number
}

export interface Subscription {
  /** Stops taking messages and resolves when those in hand are done. */
  stop(): Promise<void>
}
