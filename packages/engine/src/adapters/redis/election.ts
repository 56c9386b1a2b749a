import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import { pause } from '../../ports/wait.ts'
import type { CoordinationScripts } from './scripts.ts'

export interface ElectionDeps {
  readonly scripts: CoordinationScripts
  readonly clock: Clock
  readonly log: Log
  /** How long a leader leads without a sign of life. */
  readonly ttlMs: number
  readonly pollMs: number
  readonly leadAgainAfterMs: number
}

export interface Candidacy {
  readonly name: string
  readonly token: string
  readonly lead: (signal: AbortSignal) => Promise<void>
}

/**
 * One candidate. It looks for a free lease of the election's name; with it, it leads and keeps the lease alive. A leader that cannot
 * reach Redis stops before its lease runs out there, so that there are never two.
 */
export class RedisElection {
  readonly #deps: ElectionDeps
  readonly #candidacy: Candidacy
  readonly #withdrawn = new AbortController()
  readonly #firstTry = Promise.withResolvers<void>()
  #running: Promise<void> = Promise.resolve()

  constructor(deps: ElectionDeps, candidacy: Candidacy) {
    this.#deps = deps
    this.#candidacy = candidacy
  }

  /** Resolves after the first try: who finds nobody leading leads by then. */
  async begin(): Promise<void> {
    this.#running = this.#stand()
    await this.#firstTry.promise
  }

  /** Resolves when the work has ended and another may lead. */
  async withdraw(): Promise<void> {
    this.#withdrawn.abort()
    await this.#running
  }

  get #lease(): string {
    return `election.${this.#candidacy.name}`
  }

  /** Never rejects. */
  async #stand(): Promise<void> {
    const { clock, scripts, ttlMs, pollMs, log } = this.#deps
    const { name, token } = this.#candidacy
    while (!this.#withdrawn.signal.aborted) {
      const asked = clock.monotonic()
      try {
        const isElected = (await scripts.acquire(this.#lease, token, ttlMs)) !== null
        const leading = isElected ? this.#leadFrom(asked) : null
        this.#firstTry.resolve()
        await leading
      } catch (err) {
        log.warn({ err, election: name }, 'the election cannot be held now')
        this.#firstTry.resolve()
      }
      if (!this.#withdrawn.signal.aborted) await pause(clock, pollMs, this.#withdrawn.signal)
    }
  }

  async #leadFrom(acquired: number): Promise<void> {
    const { scripts, log } = this.#deps
    const { name, token } = this.#candidacy
    const stopping = new AbortController()
    const stop = (): void => stopping.abort()
    this.#withdrawn.signal.addEventListener('abort', stop, { once: true })
    if (this.#withdrawn.signal.aborted) stop()
    const keeping = this.#keep(acquired, stopping)
    await this.#work(stopping.signal)
    stop()
    await keeping
    this.#withdrawn.signal.removeEventListener('abort', stop)
    try {
      await scripts.release(this.#lease, token)
    } catch (err) {
      log.warn({ err, election: name }, 'the lease of a leader that left runs out by itself')
    }
  }

  /** Aborts when the lease is lost, or may be. */
  async #keep(acquired: number, stopping: AbortController): Promise<void> {
    const { clock, scripts, ttlMs, log } = this.#deps
    const { name, token } = this.#candidacy
    let alive = acquired
    while (!stopping.signal.aborted) {
      await pause(clock, ttlMs / 4, stopping.signal)
      if (stopping.signal.aborted) return
      const asked = clock.monotonic()
      try {
        if (!(await scripts.extend(this.#lease, token, ttlMs))) return this.#lose(stopping, 'another leads')
        alive = asked
      } catch (err) {
        log.warn({ err, election: name }, 'a leader cannot reach the coordinator')
      }
      if (clock.monotonic() - alive > ttlMs / 2) return this.#lose(stopping, 'no sign of life got through')
    }
  }

  #lose(stopping: AbortController, reason: string): void {
    this.#deps.log.warn({ election: this.#candidacy.name, reason }, 'leadership was lost')
    stopping.abort()
  }

  /** Work that ends or fails before it was told to is begun again after a pause. */
  async #work(signal: AbortSignal): Promise<void> {
    const { clock, log, leadAgainAfterMs } = this.#deps
    while (!signal.aborted) {
      try {
        await this.#candidacy.lead(signal)
      } catch (err) {
        log.error({ err, election: this.#candidacy.name }, 'the work of a leader failed')
      }
      if (!signal.aborted) await pause(clock, leadAgainAfterMs, signal)
    }
  }
}
