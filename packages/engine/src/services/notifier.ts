import type { ExecutionDocument } from '@st2/model'
import { WAKE_NOTIFIER } from '../executions/execution-events.ts'
import type { EndedInbox } from '../executions/notify/ended-inbox.ts'
import { followUp, type FollowUpDeps } from '../executions/notify/follow-up.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock, Timer } from '../ports/clock.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

/** ms that ends gather for which nobody waits. */
const GATHER_MS = 50

export interface NotifierDeps extends FollowUpDeps {
  readonly inbox: EndedInbox
  readonly bus: Bus
  readonly clock: Clock
  readonly settings: {
    /** `[notifier] batch_size`: ended executions taken in one go. */
    readonly batchSize: number
    readonly sweepIntervalMs: number
  }
}

/** Does what is left after executions have ended: retries, notifications, the action trigger. @source services.md 6.1 */
export function notifier(deps: NotifierDeps): Service {
  return {
    name: 'notifier',
    async start() {
      const { clock, inbox, log } = deps
      const { sweepIntervalMs: sweepMs } = deps.settings
      const rounds = new Rounds(deps)
      const loop = new WakeableLoop({ name: 'notifier', sweepMs, clock, log }, () => rounds.round())
      const gathering = new Gathering(clock, () => loop.wake())
      // From processes without a notifier, and of what the inbox did not take.
      const wakes = await deps.bus.subscribe(WAKE_NOTIFIER, () => {
        rounds.lookIntoStore()
        loop.wake()
      })
      inbox.open((document, waiting) => gathering.add(document, waiting >= deps.settings.batchSize))
      loop.wake()
      return {
        async stop() {
          inbox.close()
          gathering.stop()
          await wakes.stop()
          await loop.stop()
          await rounds.emptyInbox()
        },
      }
    },
  }
}

class Rounds {
  readonly #deps: NotifierDeps
  #looksIntoStore = true
  #sweepAt = 0

  constructor(deps: NotifierDeps) {
    this.#deps = deps
  }

  lookIntoStore(): void {
    this.#looksIntoStore = true
  }

  async round(): Promise<'more' | 'idle'> {
    const { inbox, settings, clock } = this.#deps
    const ended = inbox.take(settings.batchSize)
    if (ended.length > 0) await followUp(this.#deps, ended)
    if (ended.length === settings.batchSize) return 'more'
    if (!this.#looksIntoStore && clock.monotonic() < this.#sweepAt) return 'idle'
    return this.#sweep()
  }

  async #sweep(): Promise<'more' | 'idle'> {
    const { executions, settings, clock } = this.#deps
    // What has just ended is on its way into the inbox.
    const sinceMs = this.#looksIntoStore ? 0 : settings.sweepIntervalMs
    this.#looksIntoStore = false
    const found = await executions.duePostCompletion(settings.batchSize, sinceMs)
    if (found.length > 0) await followUp(this.#deps, found)
    if (found.length === settings.batchSize) {
      this.#looksIntoStore = sinceMs === 0
      return 'more'
    }
    this.#sweepAt = clock.monotonic() + settings.sweepIntervalMs
    return 'idle'
  }

  async emptyInbox(): Promise<void> {
    const { inbox, settings } = this.#deps
    while (!inbox.isEmpty) await followUp(this.#deps, inbox.take(settings.batchSize))
  }
}

/** Wakes at once for what somebody waits for; records that nobody reads now are written many at a time. */
class Gathering {
  readonly #clock: Clock
  readonly #wake: () => void
  #timer: Timer | null = null

  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock
    this.#wake = wake
  }

  add(document: ExecutionDocument, isFull: boolean): void {
    if (document.post_completion !== undefined || isFull) this.#wake()
    else this.#timer ??= this.#clock.after(GATHER_MS, () => this.#end())
  }

  stop(): void {
    this.#timer?.cancel()
  }

  #end(): void {
    this.#timer = null
    this.#wake()
  }
}
