/**
 * What working on values may take. Values are compared, shown and searched deep inside of sorts and maps, where nobody has limits
 * at hand; all of it is synchronous, so the limits of one evaluation at a time are in force.
 */
import { PythonError } from './errors.ts'

export interface ValueLimits {
  /** Bits of an integer that is calculated. */
  intBits: number
  /** Width of a field in `format` and `%`, and of what JSON is indented by. */
  formatWidth: number
  /** Digits behind the point in `format` and `%`. */
  formatPrecision: number
  /** Levels of lists and mappings in a value that is shown, compared or written. */
  valueDepth: number
  /** Steps of one search by a regular expression. */
  regexSteps: number
  /** Places that a search may have to come back to. */
  regexPlaces: number
  /** Instructions that a regular expression unfolds to. */
  regexSize: number
  /** Groups inside of groups of a regular expression. */
  regexDepth: number
  /** Largest count in the braces of a regular expression. */
  regexRepetitions: number
  /** Length of a text that is read as a date in any form. */
  dateLength: number
}

export const DEFAULT_VALUE_LIMITS: ValueLimits = {
  intBits: 131_072,
  formatWidth: 10_000,
  formatPrecision: 60,
  valueDepth: 500,
  regexSteps: 5_000_000,
  regexPlaces: 1_000_000,
  regexSize: 50_000,
  regexDepth: 100,
  regexRepetitions: 65_535,
  dateLength: 1_000,
}

/** Characters of an expression that a message shows. */
const SHOWN_EXPRESSION = 200

function shortened(expression: string): string {
  return expression.length > SHOWN_EXPRESSION ? `${expression.slice(0, SHOWN_EXPRESSION)}…` : expression
}

/** A limit ends an evaluation; the message names the setting and what it allows. */
export class LimitError extends PythonError {
  override readonly name = 'ExpressionLimitError'
  readonly limit: string
  readonly allowed: number

  /** @param expression the text that was evaluated, where it is known */
  constructor(limit: string, allowed: number, expression?: string, options: ErrorOptions = {}) {
    const text = `the expression exceeds its limit of ${limit} (${allowed})`
    super('ExpressionLimitError', expression === undefined ? text : `${text}: ${shortened(expression)}`, options)
    this.limit = limit
    this.allowed = allowed
  }
}

let current = DEFAULT_VALUE_LIMITS

/** The limits in force. */
export function valueLimits(): ValueLimits {
  return current
}

/** Runs under other limits. */
export function withValueLimits<T>(limits: ValueLimits, run: () => T): T {
  const outer = current
  current = limits
  try {
    return run()
  } finally {
    current = outer
  }
}

/** @throws LimitError */
export function requireWithin(limit: keyof ValueLimits, amount: number): void {
  if (amount > current[limit]) throw new LimitError(limit, current[limit])
}
