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
  return binary(isInt(left) && isInt(right) ? '//' : '/', left, right)
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
  return isNumber(left) && isNumber(right) ? binary('+', left, right) : undefined
}

function arithmetic(operator: ArithmeticOperator): Operate {
  return (left, right) => (isNumber(left) && isNumber(right) ? binary(operator, left, right) : undefined)
}

const TEXT_VERDICTS: Record<Ordering, (order: number) => boolean> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

function ordered(operator: Ordering): Operate {
  return (left, right) => {
    if (typeof left === 'string' && typeof right === 'string') return TEXT_VERDICTS[operator](compareText(left, right))
    return isNumber(left) && isNumber(right) ? isOrdered(left, operator, right) : undefined
  }
}
