import type { ExecutionDocument } from '@st2/model'

/** Executions that wait here; beyond that the store alone knows of them. */
const MAX_WAITING = 10_000

/**
 * What has just ended in this process, for its notifier, which so need not read it again. A shortcut: what is lost here is found
 * in the store.
 */
export class EndedInbox {
  #waiting: ExecutionDocument[] = []
  #wake: (() => void) | null = null

  /** From now on what ends is kept for the caller, who is told of it. */
  open(wake: () => void): void {
    this.#wake = wake
  }

  close(): void {
    this.#wake = null
    this.#waiting = []
  }

  /** False: there is no notifier in this process, or too much waits. */
  put(document: ExecutionDocument): boolean {
    if (this.#wake === null || this.#waiting.length >= MAX_WAITING) return false
    this.#waiting.push(document)
    this.#wake()
    return true
  }

  take(limit: number): ExecutionDocument[] {
    return this.#waiting.splice(0, limit)
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }
}
