import type { PythonSettings } from '@st2/engine/runner'
import { type ForkedChild, ForkParent, ParentGoneError } from './fork-parent.ts'
import { fingerprint, type Interpreter } from './interpreter.ts'

/**
 * The warm Pythons of this process, one for each interpreter. One that died is replaced by the next action; one whose
 * interpreter or packages changed, that had nothing to do for a while or that is the least used of too many retires.
 */
class ForkParents {
  /** By interpreter; the most recently used is the last. */
  readonly #parents = new Map<string, Kept>()

  /** @throws InvalidError when the interpreter does not start, the signal's reason when aborted */
  async take(interpreter: Interpreter, settings: PythonSettings, signal: AbortSignal): Promise<ForkedChild> {
    for (let attempt = 1; ; attempt++) {
      const kept = await this.#parentFor(interpreter, settings)
      try {
        return await kept.parent.take(signal)
      } catch (error) {
        if (!(error instanceof ParentGoneError) || attempt === MAX_ATTEMPTS) throw error
      }
    }
  }

  async #parentFor(interpreter: Interpreter, settings: PythonSettings): Promise<Kept> {
    const known = this.#parents.get(interpreter.path)
    const current = await fingerprint(interpreter, known?.parent.sitePackages ?? null)
    // Another action may have replaced it meanwhile.
    const kept = this.#parents.get(interpreter.path)
    if (kept !== undefined) {
      if (kept !== known || (kept.parent.isUsable && isSame(kept.stamp, current))) return this.#touch(kept, settings)
      this.#retire(kept)
    }
    this.#makeRoom(settings.max_parents - 1)
    return this.#start(interpreter, settings, current)
  }

  #start(interpreter: Interpreter, settings: PythonSettings, stamp: string): Kept {
    const parent = new ForkParent(interpreter.path, () => this.#waitIdle(kept, settings))
    const kept: Kept = { path: interpreter.path, parent, stamp, idle: null }
    this.#parents.set(interpreter.path, kept)
    void parent.gone.then(() => this.#forget(kept))
    // Once it is up the packages are known too.
    parent.ready
      .then(async () => {
        kept.stamp = await fingerprint(interpreter, parent.sitePackages)
      })
      .catch(() => this.#forget(kept))
    return this.#touch(kept, settings)
  }

  #touch(kept: Kept, settings: PythonSettings): Kept {
    this.#parents.delete(kept.path)
    this.#parents.set(kept.path, kept)
    this.#waitIdle(kept, settings)
    return kept
  }

  #waitIdle(kept: Kept, settings: PythonSettings): void {
    if (kept.idle !== null) clearTimeout(kept.idle)
    kept.idle = setTimeout(() => {
      if (kept.parent.isBusy) this.#waitIdle(kept, settings)
      else this.#retire(kept)
    }, settings.parent_idle_seconds * 1000).unref()
  }

  #makeRoom(most: number): void {
    for (const kept of this.#parents.values()) {
      if (this.#parents.size <= Math.max(0, most)) return
      this.#retire(kept)
    }
  }

  #retire(kept: Kept): void {
    this.#forget(kept)
    kept.parent.retire()
  }

  #forget(kept: Kept): void {
    if (kept.idle !== null) clearTimeout(kept.idle)
    if (this.#parents.get(kept.path) === kept) this.#parents.delete(kept.path)
  }
}

/** The warm Pythons of this process. */
export const forkParents = new ForkParents()

/** An action may kill the parent of all; others then get the next one. */
const MAX_ATTEMPTS = 3

interface Kept {
  readonly path: string
  readonly parent: ForkParent
  stamp: string
  idle: NodeJS.Timeout | null
}

function isSame(stamp: string, current: string): boolean {
  return stamp.startsWith(current) || current.startsWith(stamp)
}
