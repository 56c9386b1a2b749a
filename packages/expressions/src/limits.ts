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

export const DEFAULT_LIMITS: Limits = {
  ...DEFAULT_VALUE_LIMITS,
  steps: 100_000,
  outputLength: 10_000_000,
  depth: 200,
  rangeMax: 100_000,
}

/** Limits of YAQL where a caller gives none. Queries take more steps than templates do: several for each element of a list. */
export const YAQL_LIMITS: Limits = { ...DEFAULT_LIMITS, steps: 500_000 }

/** What a workflow's field may use unless a caller says otherwise. */
export const WORKFLOW_LIMITS: Limits = { ...YAQL_LIMITS, depth: 100 }

/** All limits with their defaults, for whoever sets them. */
export const LIMITS: readonly LimitDescription[] = [
  limit('steps', 'Operators, calls, look-ups and loop rounds of one evaluation.'),
  limit('outputLength', 'Characters of a text, items of a list, that an evaluation makes.'),
  limit('depth', 'Nesting of expressions, statements, and calls inside of calls.'),
  limit('rangeMax', "Elements of a range in Jinja, upstream's MAX_RANGE."),
  limit('intBits', 'Bits of an integer that is calculated.'),
  limit('formatWidth', 'Width of a field in a format, and of what JSON is indented by.'),
  limit('formatPrecision', 'Digits behind the point in a format.'),
  limit('valueDepth', 'Levels of lists and mappings in a value that is shown or written.'),
  limit('regexSteps', 'Steps of one search by a regular expression.'),
  limit('regexPlaces', 'Places that a search may have to come back to.'),
  limit('regexSize', 'Instructions that a regular expression unfolds to.'),
  limit('regexDepth', 'Groups inside of groups of a regular expression.'),
  limit('regexRepetitions', 'Largest count in the braces of a regular expression.'),
  limit('dateLength', 'Length of a text that is read as a date in any form.'),
]

function limit(name: keyof Limits, help: string): LimitDescription {
  return { name, default: DEFAULT_LIMITS[name], inWorkflows: WORKFLOW_LIMITS[name], help }
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
