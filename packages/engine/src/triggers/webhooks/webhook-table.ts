import type { Trigger } from '@st2/model'
import type { Subscription } from '../../ports/bus.ts'
import type { Clock } from '../../ports/clock.ts'
import { WEBHOOK_TYPE } from '../internal-trigger-types.ts'
import type { TriggerStore } from '../trigger-store.ts'

/** ms between two looks into the store for hooks that are not known. */
const LOOK_AGAIN_MS = 1000

/**
 * Which triggers a hook fires: kept in memory, read anew at the start, then one by one as triggers change.
 *
 * @source services.md 3.5
 */
export class WebhookTable {
  readonly #triggers: TriggerStore
  readonly #clock: Clock
  readonly #byHook = new Map<string, Map<string, Trigger>>()
  readonly #hookOf = new Map<string, string>()
  #loading: Promise<void> | null = null
  #isLoading = false
  /** Triggers heard of while the table is read: what was heard is newer. */
  readonly #heard = new Set<string>()
  #lookedAgainAt = Number.NEGATIVE_INFINITY

  constructor(triggers: TriggerStore, clock: Clock) {
    this.#triggers = triggers
    this.#clock = clock
  }

  listen(): Promise<Subscription> {
    return this.#triggers.onChange(
      ({ kind, document }) => {
        if (this.#isLoading) this.#heard.add(document.id)
        if (kind === 'delete' || document.type !== WEBHOOK_TYPE) this.#forget(document.id)
        else this.#remember(document)
      },
      () => {
        this.#loading = null
      },
    )
  }

  /** Triggers of a hook, oldest first; none when nobody registered it. */
  async triggersOf(hook: string): Promise<readonly Trigger[]> {
    await this.#loaded()
    if (!this.#byHook.has(hook)) await this.#lookAgain()
    return [...(this.#byHook.get(hook)?.values() ?? [])].toSorted(byAge)
  }

  /** Every webhook's trigger, oldest first. */
  async list(): Promise<readonly Trigger[]> {
    await this.#loaded()
    return [...this.#byHook.values()].flatMap((triggers) => [...triggers.values()]).toSorted(byAge)
  }

  /** Another process may have made it a moment ago; at most once a second, whatever is asked for. */
  async #lookAgain(): Promise<void> {
    const now = this.#clock.monotonic()
    if (now - this.#lookedAgainAt < LOOK_AGAIN_MS) return
    this.#lookedAgainAt = now
    this.#loading = null
    await this.#loaded()
  }

  async #loaded(): Promise<void> {
    this.#loading ??= this.#load()
    try {
      await this.#loading
    } catch (error) {
      this.#loading = null
      throw error
    }
  }

  async #load(): Promise<void> {
    this.#isLoading = true
    try {
      const triggers = await this.#triggers.ofTypes([WEBHOOK_TYPE])
      const present = new Set(triggers.map(({ id }) => id))
      for (const trigger of triggers) if (!this.#heard.has(trigger.id)) this.#remember(trigger)
      for (const id of this.#hookOf.keys()) if (!present.has(id) && !this.#heard.has(id)) this.#forget(id)
    } finally {
      this.#isLoading = false
      this.#heard.clear()
    }
  }

  #remember(trigger: Trigger): void {
    this.#forget(trigger.id)
    const hook = hookOf(trigger)
    const triggers = this.#byHook.get(hook) ?? new Map<string, Trigger>()
    this.#byHook.set(hook, triggers.set(trigger.id, trigger))
    this.#hookOf.set(trigger.id, hook)
  }

  #forget(id: string): void {
    const hook = this.#hookOf.get(id)
    if (hook === undefined) return
    this.#hookOf.delete(id)
    const triggers = this.#byHook.get(hook)
    triggers?.delete(id)
    if (triggers?.size === 0) this.#byHook.delete(hook)
  }
}

/** As the rule wrote it, without slashes around it. */
function hookOf(trigger: Trigger): string {
  return String(trigger.parameters['url'] ?? '').replace(/^\/+|\/+$/g, '')
}

function byAge(left: Trigger, right: Trigger): number {
  return left.id < right.id ? -1 : 1
}
