import { PythonError } from '@st2/python-values'

/** What one evaluation may use. Every limit ends it with an `ExpressionLimitError` that names the limit. */
export interface Limits {
  /** Operators, calls, look-ups and loop rounds. @default 100_000 */
  steps: number
  /** Length of the rendered text, and of each text or list made on the way. @default 10_000_000 */
  outputLength: number
  /** Nesting of an expression, of statements, and of calls of macros, blocks and recursive loops. @default 200 */
  depth: number
  /** Elements of `range()`. @default 100_000, upstream's MAX_RANGE */
  rangeMax: number
}

export const DEFAULT_LIMITS: Limits = { steps: 100_000, outputLength: 10_000_000, depth: 200, rangeMax: 100_000 }

export class ExpressionLimitError extends PythonError {
  override readonly name = 'ExpressionLimitError'
  readonly limit: keyof Limits

  constructor(limit: keyof Limits, allowed: number) {
    super('ExpressionLimitError', `the expression exceeds its limit of ${limit} (${allowed})`)
    this.limit = limit
  }
}

/** Counts what an evaluation has used. */
export class Budget {
  readonly limits: Limits
  #steps: number
  #depth = 0

  constructor(limits: Limits) {
    this.limits = limits
    this.#steps = limits.steps
  }

  /** @throws ExpressionLimitError when the evaluation has run for too long */
  spend(steps = 1): void {
    this.#steps -= steps
    if (this.#steps < 0) throw new ExpressionLimitError('steps', this.limits.steps)
  }

  /**
   * Runs a macro, a block or a loop inside of another.
   *
   * @throws ExpressionLimitError when they are nested too deep
   */
  nested<T>(run: () => T): T {
    if (this.#depth >= this.limits.depth) throw new ExpressionLimitError('depth', this.limits.depth)
    this.#depth++
    try {
      return run()
    } finally {
      this.#depth--
    }
  }

  requireLength(length: number): void {
    if (length > this.limits.outputLength) throw new ExpressionLimitError('outputLength', this.limits.outputLength)
  }
}

/** Turns the host's own end of the stack, which deep nesting may reach before a count does, into the limit it stands for. */
export function withinStack<T>(limits: Limits, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof RangeError && /call stack|recursion/i.test(error.message)) {
      throw new ExpressionLimitError('depth', limits.depth)
    }
    throw error
  }
}
