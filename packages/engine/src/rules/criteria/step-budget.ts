import { Budget, DEFAULT_LIMITS } from '@st2/expressions'
import { PythonOverflowError } from '@st2/python-values'

/** Steps that one rule may take against one event: criteria, items of `search`, and steps of regular expressions. About 0.1 s of one core. */
const MAX_MATCH_STEPS = 2_000_000
/** Steps that its patterns and paths may take together. */
const MAX_EXPRESSION_STEPS = 500_000

/** What a rule may still spend on the event it is matched against. */
export class StepBudget {
  #left = MAX_MATCH_STEPS
  #expressions: Budget | null = null

  /** Shared by all templates and paths of the rule. */
  get expressions(): Budget {
    return (this.#expressions ??= new Budget({ ...DEFAULT_LIMITS, steps: MAX_EXPRESSION_STEPS }))
  }

  /** @throws PythonOverflowError when nothing is left */
  spend(steps: number): void {
    this.#left -= steps
    if (this.#left < 0)
      throw new PythonOverflowError(`the criteria of the rule take more than ${MAX_MATCH_STEPS} steps`)
  }
}
