/**
 * What working through large values costs. Comparing, hashing and showing happen deep inside of maps and sorts, where no
 * evaluation is at hand; evaluations are synchronous, so there is just one at a time.
 */
import type { Budget } from '../../limits.ts'

let current: Budget | null = null

/** Runs an evaluation whose budget pays for the work on values. */
export function metered<T>(budget: Budget, run: () => T): T {
  const outer = current
  current = budget
  try {
    return run()
  } finally {
    current = outer
  }
}

/** @throws ExpressionLimitError */
export function charge(steps: number): void {
  if (steps > 0) current?.spend(steps)
}

/** Work on texts is quick: a step for each 256 characters. */
export function chargeText(length: number): void {
  charge(length >> 8)
}
