import type { ExecutionDocument } from '@st2/model'

/** Executions that wait here; beyond that the store alone knows of them. */
const MAX_WAITING = 10_000

/**
 * What has just ended in this process, for its notifier, which so need not read it again. Of work that is marked in the store
 * (`post_completion`) it is a shortcut: what is lost here is found there.
 *
 * An end that nobody listens to is not marked, which would cost two writes more: it is recorded from here alone. A process that
 * is killed forgets the records of its last moment, and nothing else.
 */
export class EndedInbox {
  #waiting: ExecutionDocument[] = []
  #wake: ((document: ExecutionDocument, waiting: number) => void) | null = null

  /** From now on what ends is kept for the caller, who is told of it. */
  open(wake: (document: ExecutionDocument, waiting: number) => void): void {
    this.#wake = wake
  }

  /** What waits can still be taken. */
  close(): void {
    this.#wake = null
  }

  /** Whether there is a notifier in this process, and room. */
  get takesMore(): boolean {
    return this.#wake !== null && this.#waiting.length < MAX_WAITING
  }

  /** False: the store must tell of it. */
  put(document: ExecutionDocument): boolean {
    if (this.#wake === null || !this.takesMore) return false
    this.#waiting.push(document)
    this.#wake(document, this.#waiting.length)
    return true
  }

  take(limit: number): ExecutionDocument[] {
    return this.#waiting.splice(0, limit)
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }
}
