import { Budget, DEFAULT_LIMITS, withinStack } from '../limits.ts'
import { type FindInValue, parsePath } from './json-path.ts'

/** A JSONPath in the dialect of jsonpath-rw, parsed once. It holds no state and can be kept and shared. */
export class JsonPath {
  readonly source: string
  readonly #find: FindInValue

  /** @throws PythonError in upstream's words for a text that is no path */
  constructor(source: string) {
    this.source = source
    this.#find = parsePath(source)
  }

  /** What it leads to, in order. @throws ExpressionLimitError when it takes more than the budget holds */
  find(value: unknown, budget: Budget = new Budget(DEFAULT_LIMITS)): unknown[] {
    const host = { budget, yaml: undefined, isFrozen: false }
    return withinStack(budget.limits, () => this.#find(value, host))
  }
}
