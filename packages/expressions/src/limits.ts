import { DEFAULT_VALUE_LIMITS, LimitError, type ValueLimits, withValueLimits } from '@st2/python-values'

/** What one evaluation may use. Every limit ends it with an `ExpressionLimitError` that names the limit. */
export interface Limits extends ValueLimits {
  /** Operators, calls, look-ups and loop rounds. */
  steps: number
  /** Length of the rendered text, and of each text or list made on the way. */
  outputLength: number
  /** Nesting of an expression, of statements, and of calls of functions, macros, blocks and recursive loops. */
  depth: number
  /** Elements of Jinja's `range()`: upstream's MAX_RANGE. */
  rangeMax: number
}

export interface LimitDescription {
  name: keyof Limits
  default: number
  /** For expressions in the fields of workflows, and for YAQL. */
  inWorkflows: number
  help: string
}

/** All limits with their defaults, for whoever sets them. */
export const LIMITS: readonly LimitDescription[] = [
  limit('steps', 100_000, 'Operators, calls, look-ups and loop rounds of one evaluation.', 500_000),
  limit('outputLength', 10_000_000, 'Characters of a text, items of a list, that an evaluation makes.'),
  limit('depth', 200, 'Nesting of expressions, statements, and calls inside of calls.', 100),
  limit('rangeMax', 100_000, "Elements of a range in Jinja, upstream's MAX_RANGE."),
  limit('intBits', DEFAULT_VALUE_LIMITS.intBits, 'Bits of an integer that is calculated.'),
  limit(
    'formatWidth',
    DEFAULT_VALUE_LIMITS.formatWidth,
    'Width of a field in a format, and of what JSON is indented by.',
  ),
  limit('formatPrecision', DEFAULT_VALUE_LIMITS.formatPrecision, 'Digits behind the point in a format.'),
  limit(
    'valueDepth',
    DEFAULT_VALUE_LIMITS.valueDepth,
    'Levels of lists and mappings in a value that is shown or written.',
  ),
  limit('regexSteps', DEFAULT_VALUE_LIMITS.regexSteps, 'Steps of one search by a regular expression.'),
  limit('regexPlaces', DEFAULT_VALUE_LIMITS.regexPlaces, 'Places that a search may have to come back to.'),
  limit('regexSize', DEFAULT_VALUE_LIMITS.regexSize, 'Instructions that a regular expression unfolds to.'),
  limit('regexDepth', DEFAULT_VALUE_LIMITS.regexDepth, 'Groups inside of groups of a regular expression.'),
  limit(
    'regexRepetitions',
    DEFAULT_VALUE_LIMITS.regexRepetitions,
    'Largest count in the braces of a regular expression.',
  ),
  limit('dateLength', DEFAULT_VALUE_LIMITS.dateLength, 'Length of a text that is read as a date in any form.'),
]

function limit(name: keyof Limits, value: number, help: string, inWorkflows = value): LimitDescription {
  return { name, default: value, inWorkflows, help }
}

export const DEFAULT_LIMITS: Limits = {
  ...DEFAULT_VALUE_LIMITS,
  steps: 100_000,
  outputLength: 10_000_000,
  depth: 200,
  rangeMax: 100_000,
}

export { LimitError as ExpressionLimitError } from '@st2/python-values'

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
    if (this.#steps < 0) throw new LimitError('steps', this.limits.steps)
  }

  /**
   * Runs a macro, a block or a loop inside of another.
   *
   * @throws ExpressionLimitError when they are nested too deep
   */
  nested<T>(run: () => T): T {
    if (this.#depth >= this.limits.depth) throw new LimitError('depth', this.limits.depth)
    this.#depth++
    try {
      return run()
    } finally {
      this.#depth--
    }
  }

  requireLength(length: number): void {
    if (length > this.limits.outputLength) throw new LimitError('outputLength', this.limits.outputLength)
  }
}

/** Runs under the limits. The host's own end of the stack, which deep nesting may reach before a count does, is one of them. */
export function withinStack<T>(limits: Limits, run: () => T): T {
  try {
    return withValueLimits(limits, run)
  } catch (error) {
    if (error instanceof RangeError && /call stack|recursion/i.test(error.message)) {
      throw new LimitError('depth', limits.depth)
    }
    throw error
  }
}
