import type { ExecutionDocument } from '@st2/model'
import type { CancelDeps } from '../executions/cancel-execution.ts'
import { CancelGrace } from '../executions/cancel-grace.ts'
import type { Clock } from '../ports/clock.ts'
import type { AwaitedChildren } from './awaited-children.ts'
import { cancelChildren } from './cascade.ts'
import type { ActionOccurrence } from './decisions.ts'

export interface CancelCascadeDeps extends CancelDeps {
  readonly clock: Clock
  readonly settings: { readonly cancelGraceMs: number }
}

/**
 * Stops what a cancelled workflow has started: what does not run yet at once; what runs may come to its end for a while, and is stopped
 * then, and once more when that did not help.
 */
export class CancelCascade {
  readonly #deps: CancelCascadeDeps
  readonly #wake: () => void
  readonly #grace: CancelGrace
  #isDue = false

  /** @param wake called when it is due again */
  constructor(deps: CancelCascadeDeps, wake: () => void) {
    this.#deps = deps
    this.#wake = wake
    this.#grace = new CancelGrace(deps.clock, deps.settings.cancelGraceMs)
  }

  get isDue(): boolean {
    return this.#isDue
  }

  /** The workflow is cancelled, or something was started that was decided before it was. */
  ask(): void {
    this.#isDue = true
  }

  /** @returns what of it is not there any more */
  async run(workflow: ExecutionDocument, awaited: AwaitedChildren): Promise<ActionOccurrence[]> {
    this.#isDue = false
    const which = this.#grace.isOver() ? 'all' : 'not running'
    const missing = await cancelChildren(this.#deps, workflow, awaited.ids, which)
    const lost = missing.flatMap((id) => awaited.lost(id) ?? [])
    if (!awaited.isEmpty) this.#grace.lookAgain(() => this.#lookAgain())
    return lost
  }

  end(): void {
    this.#grace.end()
  }

  #lookAgain(): void {
    this.#isDue = true
    this.#wake()
  }
}
