import { isDict, requireWithin, valuesOf } from '@st2/python-values'
import type { Budget } from '../limits.ts'

/** Characters, and items, that are handled for the price of one step. */
const CHARACTERS_PER_STEP_LOG2 = 10
const ITEMS_PER_STEP_LOG2 = 6

/** Charges for the size of what an operation works on: a step is only short as long as its operands are. */
export function weigh(budget: Budget, ...values: unknown[]): void {
  let steps = 0
  for (const value of values) {
    if (typeof value === 'string') steps += value.length >> CHARACTERS_PER_STEP_LOG2
    else if (Array.isArray(value)) steps += value.length >> ITEMS_PER_STEP_LOG2
    else if (typeof value === 'bigint' && (value > LONG || value < -LONG)) steps += LONG_STEPS
  }
  if (steps > 0) budget.spend(steps)
}

/** Integers beyond this size cost time to calculate with and to print. */
const LONG = 2n ** 1024n
const LONG_STEPS = 50

/** Parts of a structure that are looked at for the price of one step. */
const PARTS_PER_STEP = 16

/**
 * Charges for everything inside of a value before all of it is printed or compared: a few lists that hold each other twice
 * are a text without end.
 *
 * @throws ExpressionLimitError
 */
export function measure(budget: Budget, value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  let parts = 0
  const look = (inner: unknown, depth: number): void => {
    requireWithin('valueDepth', depth)
    if (typeof inner !== 'object' || inner === null) return
    const items: unknown[] | undefined = Array.isArray(inner) ? inner : isDict(inner) ? valuesOf(inner) : undefined
    if (items === undefined) return
    parts += items.length + 1
    if (parts >= PARTS_PER_STEP) {
      budget.spend(Math.floor(parts / PARTS_PER_STEP))
      parts %= PARTS_PER_STEP
    }
    for (const item of items) look(item, depth + 1)
  }
  look(value, 0)
}
