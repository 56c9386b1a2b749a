import type { Log } from '@st2/engine'

/** Awaited; what it answers does not matter. */
type Stop = () => unknown

/** Whoever starts something leaves its stopper here; they run in reverse, and one that fails does not keep the rest. */
export class Stoppers {
  readonly #stops: { name: string; stop: Stop }[] = []

  push(name: string, stop: Stop): void {
    this.#stops.push({ name, stop })
  }

  async run(log: Log): Promise<void> {
    for (const { name, stop } of this.#stops.splice(0).toReversed()) {
      try {
        await stop()
      } catch (err) {
        log.error({ err, part: name }, 'could not be stopped cleanly')
      }
    }
  }
}
