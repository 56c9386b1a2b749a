/** Operators on numbers and on texts, without overload choice; `undefined` where that must decide. */
import {
  binary,
  compareText,
  isFloat,
  isInt,
  isOrdered,
  type Ordering,
  type ArithmeticOperator,
} from '@st2/python-values'
import type { Evaluation } from './evaluation.ts'
import { same } from './values/equal.ts'
import { charge, chargeText } from './values/meter.ts'

type Operate = (left: unknown, right: unknown, evaluation: Evaluation) => unknown

export const QUICK_OPERATORS: ReadonlyMap<string, Operate> = new Map<string, Operate>([
  ['#operator_+', add],
  ['#operator_-', arithmetic('-')],
  ['#operator_*', arithmetic('*')],
  ['#operator_mod', arithmetic('%')],
  ['#operator_/', (left, right) => (isNumber(left) && isNumber(right) ? divide(left, right) : undefined)],
  ['#operator_<', ordered('<')],
  ['#operator_<=', ordered('<=')],
  ['#operator_>', ordered('>')],
  ['#operator_>=', ordered('>=')],
  ['*equal', same],
  ['*not_equal', (left, right) => !same(left, right)],
])

/** Floor division for integers, a float otherwise. */
export function divide(left: unknown, right: unknown): unknown {
  return calculate(isInt(left) && isInt(right) ? '//' : '/', left, right)
}

/** Arithmetic on numbers; large integers cost what they take. */
export function calculate(operator: ArithmeticOperator, left: unknown, right: unknown): unknown {
  if (typeof left === 'bigint') chargeInt(left)
  if (typeof right === 'bigint') chargeInt(right)
  const result = binary(operator, left, right)
  if (typeof result === 'bigint') chargeInt(result)
  return result
}

/** By size: multiplying the largest ones takes about a millisecond. */
const INT_COSTS = [
  [256, 0],
  [4096, 20],
  [32_768, 500],
] as const

export function chargeInt(value: bigint): void {
  charge(INT_COSTS.find(([bits]) => BigInt.asIntN(bits, value) === value)?.[1] ?? 4000)
}

function isNumber(value: unknown): boolean {
  return isInt(value) || isFloat(value)
}

function add(left: unknown, right: unknown, { budget }: Evaluation): unknown {
  if (typeof left === 'string' && typeof right === 'string') {
    budget.requireLength(left.length + right.length)
    budget.spend((left.length + right.length) >> 8)
    return left + right
  }
  return isNumber(left) && isNumber(right) ? calculate('+', left, right) : undefined
}

function arithmetic(operator: ArithmeticOperator): Operate {
  return (left, right) => (isNumber(left) && isNumber(right) ? calculate(operator, left, right) : undefined)
}

const TEXT_VERDICTS: Record<Ordering, (order: number) => boolean> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

function ordered(operator: Ordering): Operate {
  return (left, right) => {
    if (typeof left === 'string' && typeof right === 'string') {
      chargeText(Math.min(left.length, right.length) << 2)
      return TEXT_VERDICTS[operator](compareText(left, right))
    }
    return isNumber(left) && isNumber(right) ? isOrdered(left, operator, right) : undefined
  }
}
