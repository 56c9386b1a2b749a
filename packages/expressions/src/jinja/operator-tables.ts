import type { BinaryOperator, ComparisonOperator } from './ast.ts'

/** Binary operators and how tightly they bind; `~` stands between them and `**` binds to the left, as upstream has it. */
export const SUM = 1
export const CONCAT = 2
const PRODUCT = 3
const POWER = 4
export const LEVELS: Record<string, { level: number; operator: BinaryOperator | '~' }> = {
  '+': { level: SUM, operator: '+' },
  '-': { level: SUM, operator: '-' },
  '~': { level: CONCAT, operator: '~' },
  '*': { level: PRODUCT, operator: '*' },
  '/': { level: PRODUCT, operator: '/' },
  '//': { level: PRODUCT, operator: '//' },
  '%': { level: PRODUCT, operator: '%' },
  '**': { level: POWER, operator: '**' },
}

/** Comparison operators made of marks; `in` and `not in` are words. */
export const COMPARISONS: Record<string, ComparisonOperator> = {
  '==': '==',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

/** Names that are values. */
export const CONSTANTS: Record<string, unknown> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
}
