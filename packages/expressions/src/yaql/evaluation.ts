import { PythonError, PythonRecursionError, withValueLimits } from '@st2/python-values'
import { Budget, ExpressionLimitError, type Limits } from '../limits.ts'
import { MissingKeyError } from '../missing-key.ts'
import { metered } from './values/meter.ts'

/** What an expression cannot find in its data: given by the caller, who writes it down and can give it again. */
export interface Surroundings {
  /** The present, in microseconds since 1970 UTC. Without it, asking for the time ends in a `MissingKeyError`. */
  now?: () => number
  /** Seconds that the local time zone is ahead of UTC. @default 0 */
  localOffset?: number
  /** A number from 0 up to, but without, 1. Without it, asking for one ends in a `MissingKeyError`. */
  random?: () => number
  /** Shared with other evaluations: all of them together may use no more than it holds. @default one of its own */
  budget?: Budget
  /** For functions of the caller; no expression can reach it. */
  host?: unknown
}

/** One evaluation: what it may use, and what is around it. */
export class Evaluation {
  readonly budget: Budget
  readonly limits: Limits
  readonly localOffset: number
  readonly host: unknown
  readonly #surroundings: Surroundings
  #depth = 0

  constructor(limits: Limits, surroundings: Surroundings = {}) {
    this.budget = surroundings.budget ?? new Budget(limits)
    this.limits = limits
    this.localOffset = surroundings.localOffset ?? 0
    this.host = surroundings.host
    this.#surroundings = surroundings
  }

  /** Microseconds since 1970 UTC. */
  now(): number {
    if (this.#surroundings.now === undefined) throw new MissingKeyError('clock', 'now')
    return this.#surroundings.now()
  }

  random(): number {
    if (this.#surroundings.random === undefined) throw new MissingKeyError('random', 'next')
    return this.#surroundings.random()
  }

  /** A function begins: costs a step, and counts functions inside of functions. @throws ExpressionLimitError */
  enter(): void {
    this.budget.spend()
    if (++this.#depth > this.limits.depth) throw new ExpressionLimitError('depth', this.limits.depth)
  }

  get depth(): number {
    return this.#depth
  }

  /** After an error that did not end the evaluation. */
  returnTo(depth: number): void {
    this.#depth = depth
  }

  leave(): void {
    this.#depth--
  }

  /** Runs an evaluation; a stack that runs out is a limit like any other. */
  bounded<T>(run: () => T): T {
    try {
      return withValueLimits(this.limits, () => metered(this.budget, run))
    } catch (error) {
      if (error instanceof PythonRecursionError || isStackOverflow(error)) throw this.#tooDeep()
      throw error
    }
  }

  #tooDeep(): ExpressionLimitError {
    return new ExpressionLimitError('depth', this.limits.depth)
  }
}

/** Hosts have different errors for it. */
function isStackOverflow(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof PythonError) return false
  return /maximum call stack|too much recursion/i.test(error.message)
}
