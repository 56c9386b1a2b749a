import { InvalidError, type TimerState, type Trigger } from '@st2/model'
import { derivedId } from '../../ports/derived-id.ts'
import type { ChangeKind } from '../document-events.ts'
import { type DispatchDeps, storeEvents } from '../dispatch-trigger.ts'
import { TIMER_TYPES } from '../internal-trigger-types.ts'
import { TimerHeap } from './timer-heap.ts'
import { type Schedule, scheduleOf } from './timer-schedule.ts'
import type { TimerStateStore } from './timer-state-store.ts'

/** ms that a fire may be late without being missed. @source services.md 3.2 */
const GRACE_MS = 1000
/**
 * ms by which a clock must go ahead of the one that never jumps for the machine to have slept. A clock that is only fast,
 * or set a little, misses nothing.
 */
const SLEEP_MS = 120_000
/** Timers that fire in one write. */
const BATCH = 500
/** Entries of removed timers that may wait in the heap before it is cleared of them. */
const MAX_STALE = 1000

export type MisfirePolicy = 'skip' | 'fire_once' | 'fire_all'

export interface TimerTableDeps extends DispatchDeps {
  readonly states: TimerStateStore
  readonly timers: {
    readonly misfirePolicy: MisfirePolicy
    /** `[timersengine] max_missed_fires` */
    readonly maxMissedFires: number
    /** Of timers that name no time zone. */
    readonly localZone: string
  }
}

/** One timer that has a fire to come. Replaced when it moves on; a stale one is passed over. */
interface Entry {
  readonly trigger: Trigger
  readonly schedule: Schedule
  readonly dueAt: number
  readonly lastFireAt: number | null
  /** While fires are made up for: those before this time were missed, and so many of them may still fire. */
  readonly makeUp: { readonly until: number; readonly left: number } | null
}

/**
 * All timers, in one heap: what is due is stored as trigger instances whose ids follow from the timer and its due time,
 * so that no fire comes twice, whoever leads.
 *
 * A fire that came due while nobody looked is missed: while no server ran, or while the machine slept, which shows as a
 * clock that went on without the process. One that is late because there is much to do fires all the same.
 *
 * @source services.md 3
 */
export class TimerTable {
  readonly #deps: TimerTableDeps
  readonly #heap = new TimerHeap<Entry>()
  readonly #entries = new Map<string, Entry>()
  /** Identity of each timer that was looked at, also of those that have no fire to come. */
  readonly #known = new Map<string, string>()
  /** Timers that were heard of while the list was read: what was heard is newer. */
  readonly #heard = new Set<string>()
  /** States to be written; null: to be removed. */
  readonly #unsaved = new Map<string, TimerState | null>()
  #isReading = false
  #lastLook: { readonly now: number; readonly monotonic: number } | null = null

  constructor(deps: TimerTableDeps) {
    this.#deps = deps
  }

  /** ms since epoch; null: no timer has a fire to come. */
  get nextDueAt(): number | null {
    this.#dropStale()
    return this.#heap.peek()?.dueAt ?? null
  }

  get size(): number {
    return this.#entries.size
  }

  /** Reads which timers there are; who was heard of in the meantime is left as it is. */
  async synchronise(): Promise<void> {
    this.#isReading = true
    try {
      const [triggers, states] = await Promise.all([this.#deps.triggers.ofTypes(TIMER_TYPES), this.#deps.states.all()])
      const present = new Set(triggers.map(({ id }) => id))
      for (const trigger of triggers) if (!this.#heard.has(trigger.id)) this.#plan(trigger, states.get(trigger.id))
      for (const id of [...this.#known.keys(), ...states.keys()]) {
        if (!present.has(id) && !this.#heard.has(id)) this.#forget(id)
      }
    } finally {
      this.#isReading = false
      this.#heard.clear()
    }
  }

  /** A timer was made, changed or removed. */
  hear(kind: ChangeKind, trigger: Trigger): void {
    if (this.#isReading) this.#heard.add(trigger.id)
    if (kind === 'delete' || !TIMER_TYPES.includes(trigger.type)) this.#forget(trigger.id)
    else this.#plan(trigger, undefined)
  }

  /** Stores what is due, at most a batch of it. @returns `more` when something is still due */
  async fireDue(): Promise<'more' | 'idle'> {
    this.#watchClock()
    const due = this.#takeDue(this.#deps.clock.now())
    try {
      await storeEvents(
        this.#deps,
        due.map((entry) => ({ trigger: entry.trigger, event: this.#eventOf(entry) })),
      )
    } catch (error) {
      for (const entry of due) if (this.#isCurrent(entry)) this.#heap.push(entry)
      throw error
    }
    for (const entry of due) if (this.#isCurrent(entry)) this.#moveOn(entry)
    await this.#saveStates()
    return (this.nextDueAt ?? Infinity) <= this.#deps.clock.now() ? 'more' : 'idle'
  }

  #plan(trigger: Trigger, state: TimerState | undefined): void {
    if (this.#known.get(trigger.id) === trigger.identity) return
    this.#entries.delete(trigger.id)
    this.#known.set(trigger.id, trigger.identity)
    const now = this.#deps.clock.now()
    const schedule = this.#scheduleOf(trigger, now)
    if (schedule === null) return
    if (state?.identity === trigger.identity) {
      this.#resume({ trigger, schedule, lastFireAt: state.last_fire_at }, state.next_fire_at, now - GRACE_MS)
      return
    }
    const first = schedule.first(now)
    if (first === null)
      this.#deps.log.warn({ trigger: trigger.ref }, 'a timer is not scheduled: no time is left to fire at')
    this.#schedule({ trigger, schedule, lastFireAt: null, dueAt: first, makeUp: null })
    this.#keepState(trigger, schedule, first, null)
  }

  #scheduleOf(trigger: Trigger, now: number): Schedule | null {
    try {
      const { localZone } = this.#deps.timers
      return scheduleOf(trigger.type, trigger.parameters, { now, localZone })
    } catch (err) {
      if (!(err instanceof InvalidError)) throw err
      this.#deps.log.error({ trigger: trigger.ref, reason: err.message }, 'a timer cannot be scheduled')
      return null
    }
  }

  /** Goes on where a timer stood: what came due before `from` was missed. */
  #resume(timer: Pick<Entry, 'trigger' | 'schedule' | 'lastFireAt'>, next: number | null, from: number): void {
    if (next === null || next >= from) {
      this.#schedule({ ...timer, dueAt: next, makeUp: null })
      return
    }
    const { misfirePolicy, maxMissedFires } = this.#deps.timers
    this.#deps.log.warn({ trigger: timer.trigger.ref, due: new Date(next), misfirePolicy }, 'a timer missed its time')
    if (misfirePolicy === 'skip') {
      const dueAt = timer.schedule.resume(next, from)
      this.#schedule({ ...timer, dueAt, makeUp: null })
      this.#keepState(timer.trigger, timer.schedule, dueAt, timer.lastFireAt)
    } else {
      const left = misfirePolicy === 'fire_once' ? 1 : maxMissedFires
      this.#schedule({ ...timer, dueAt: next, makeUp: { until: from, left } })
    }
  }

  #schedule({ dueAt, ...timer }: Omit<Entry, 'dueAt'> & { readonly dueAt: number | null }): void {
    const { id } = timer.trigger
    this.#entries.delete(id)
    if (dueAt === null) return
    const entry: Entry = { ...timer, dueAt }
    this.#entries.set(id, entry)
    this.#heap.push(entry)
    if (this.#heap.size > 2 * this.#entries.size + MAX_STALE) this.#heap.keep((item) => this.#isCurrent(item))
  }

  #forget(id: string): void {
    this.#entries.delete(id)
    this.#known.delete(id)
    this.#unsaved.set(id, null)
  }

  #takeDue(now: number): Entry[] {
    const due: Entry[] = []
    while (due.length < BATCH) {
      this.#dropStale()
      const entry = this.#heap.peek()
      if (entry === undefined || entry.dueAt > now) break
      this.#heap.pop()
      due.push(entry)
    }
    return due
  }

  #eventOf({ trigger, dueAt }: Entry) {
    const { clock } = this.#deps
    const typeName = trigger.type.slice(trigger.type.indexOf('.') + 1)
    return {
      id: derivedId(dueAt, 'timer', trigger.id, dueAt),
      payload: { executed_at: pythonText(clock.timestamp()), schedule: null },
      traceContext: { trace_tag: `${typeName}-${trigger.name}` },
    }
  }

  #moveOn(entry: Entry): void {
    const { trigger, schedule, dueAt } = entry
    const next = this.#nextOf(entry)
    this.#schedule({ trigger, schedule, lastFireAt: dueAt, ...next })
    this.#keepState(trigger, schedule, next.dueAt, dueAt)
  }

  #nextOf({ schedule, dueAt, makeUp }: Entry): Pick<Entry, 'makeUp'> & { readonly dueAt: number | null } {
    if (makeUp === null) return { dueAt: schedule.after(dueAt), makeUp }
    const left = makeUp.left - 1
    if (left === 0) return { dueAt: schedule.resume(dueAt, makeUp.until), makeUp: null }
    const next = schedule.after(dueAt)
    return { dueAt: next, makeUp: next === null || next >= makeUp.until ? null : { ...makeUp, left } }
  }

  /**
   * Where nothing is made up for, a cron timer needs no memory, and an interval one only its beat.
   */
  #keepState(trigger: Trigger, { kind }: Schedule, next: number | null, last: number | null): void {
    const isSkipping = this.#deps.timers.misfirePolicy === 'skip'
    if (isSkipping && (kind === 'cron' || (kind === 'interval' && last !== null))) return
    const { id, identity } = trigger
    this.#unsaved.set(id, { id, rev: 0, next_fire_at: next, last_fire_at: last, identity })
  }

  async #saveStates(): Promise<void> {
    if (this.#unsaved.size === 0) return
    const unsaved = [...this.#unsaved]
    await this.#deps.states.save(unsaved.flatMap(([, state]) => (state === null ? [] : [state])))
    await this.#deps.states.remove(unsaved.flatMap(([id, state]) => (state === null ? [id] : [])))
    for (const [id, state] of unsaved) if (this.#unsaved.get(id) === state) this.#unsaved.delete(id)
  }

  /** Compares the clock with one that never jumps. */
  #watchClock(): void {
    const { clock } = this.#deps
    const look = { now: clock.now(), monotonic: clock.monotonic() }
    const last = this.#lastLook
    this.#lastLook = look
    if (last === null) return
    const jump = look.now - last.now - (look.monotonic - last.monotonic)
    if (jump > SLEEP_MS) this.#jumpedAhead(look.now - GRACE_MS)
    else if (jump < -GRACE_MS) this.#jumpedBack(look.now)
  }

  #jumpedAhead(from: number): void {
    for (const entry of this.#entries.values()) {
      if (entry.dueAt < from && entry.makeUp === null) this.#resume(entry, entry.dueAt, from)
    }
  }

  /** Without this, timers would stand still until the clock has caught up. What fired already does not fire again. */
  #jumpedBack(now: number): void {
    for (const entry of this.#entries.values()) {
      const first = entry.schedule.kind === 'date' ? null : entry.schedule.first(now)
      if (first !== null && first < entry.dueAt) this.#schedule({ ...entry, dueAt: first })
    }
  }

  #dropStale(): void {
    for (let top = this.#heap.peek(); top !== undefined && !this.#isCurrent(top); top = this.#heap.peek())
      this.#heap.pop()
  }

  #isCurrent(entry: Entry): boolean {
    return this.#entries.get(entry.trigger.id) === entry
  }
}

/** As Python prints an aware moment. @param timestamp `YYYY-MM-DDTHH:MM:SS.ffffffZ` */
function pythonText(timestamp: string): string {
  return `${timestamp
    .slice(0, -1)
    .replace('T', ' ')
    .replace(/\.000000$/, '')}+00:00`
}
