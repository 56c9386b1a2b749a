import { PythonOverflowError } from '@st2/python-values'

/**
 * Steps that one rule may take against one event: criteria, items of `search`, and steps of regular expressions and
 * paths. About 0.1 s of one core.
 */
export const MAX_MATCH_STEPS = 2_000_000

/** What a rule may still spend on the event it is matched against. */
export class StepBudget {
  #left: number

  constructor(steps = MAX_MATCH_STEPS) {
    this.#left = steps
  }

  get left(): number {
    return this.#left
  }

  /** @throws PythonOverflowError when nothing is left */
  spend(steps: number): void {
    this.#left -= steps
    if (this.#left < 0)
      throw new PythonOverflowError(`the criteria of the rule take more than ${MAX_MATCH_STEPS} steps`)
  }
}
