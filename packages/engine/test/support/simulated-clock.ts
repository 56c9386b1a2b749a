import type { Clock, Timer } from '../../src/ports/clock.ts'

interface Alarm {
  readonly at: number
  readonly call: () => void
}

/** A clock that moves when told. Timers that come due are called in order. */
export class SimulatedClock implements Clock {
  #now = Date.UTC(2026, 0, 1)
  #stamps = 0
  #alarms: Alarm[] = []

  now(): number {
    return this.#now
  }

  timestamp(): string {
    return `${new Date(this.#now).toISOString().slice(0, 19)}.${String(this.#stamps++).padStart(6, '0')}Z`
  }

  monotonic(): number {
    return this.#now
  }

  after(ms: number, call: () => void): Timer {
    const alarm = { at: this.#now + ms, call }
    this.#alarms.push(alarm)
    return {
      cancel: () => {
        this.#alarms = this.#alarms.filter((other) => other !== alarm)
      },
    }
  }

  get pendingTimers(): number {
    return this.#alarms.length
  }

  /** Moves on, and lets what became due run to its next wait. */
  async advance(ms: number): Promise<void> {
    this.#now += ms
    const due = this.#alarms.filter((alarm) => alarm.at <= this.#now).sort((a, b) => a.at - b.at)
    this.#alarms = this.#alarms.filter((alarm) => !due.includes(alarm))
    for (const alarm of due) alarm.call()
    await settle()
  }
}

/** Lets every promise that can go on do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
