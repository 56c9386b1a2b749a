import { type TimerState, timerStates } from '@st2/model'
import type { Store } from '../../ports/store.ts'

const MAX_TIMERS = 1_000_000
/** Documents removed in one statement. */
const REMOVED_AT_A_TIME = 1000

/** Where timers stand; only the leading timers engine writes. */
export class TimerStateStore {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async all(): Promise<ReadonlyMap<string, TimerState>> {
    const states = await this.#store.find(timerStates, { limit: MAX_TIMERS })
    return new Map(states.map((state) => [state.id, state]))
  }

  async save(states: readonly TimerState[]): Promise<void> {
    if (states.length > 0) await this.#store.put(timerStates, ...states)
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += REMOVED_AT_A_TIME) {
      const value = ids.slice(at, at + REMOVED_AT_A_TIME)
      await this.#store.remove(timerStates, [{ field: 'id', op: 'in', value }], value.length)
    }
  }
}
