/** Truth, comparison with null, branching. @source yaql: yaql/standard_library/boolean.py, common.py, branching.py */
import { declare, type FunctionDeclaration, required, rest, takingRules } from '../resolution/declaration.ts'
import { any, int, lambda, type Lambda, lazyRule, nothing, notNull } from '../resolution/types.ts'
import { same, truthy } from '../values/equal.ts'
import { Lazy } from '../values/lazy.ts'

/** What comparing with null gives: null is less than everything else. */
const NULL_VERDICTS: readonly (readonly [sign: string, nullLeft: boolean, nullRight: boolean, both: boolean])[] = [
  ['<', true, false, false],
  ['<=', true, false, true],
  ['>', false, true, false],
  ['>=', false, true, true],
]

export const BOOLEAN_FUNCTIONS: readonly FunctionDeclaration[] = [
  declare(
    '#operator_and',
    'function',
    [required('left', lambda), required('right', lambda)],
    'And.',
    (_s, left, right) => {
      const value = left()
      return truthy(value) ? right() : value
    },
  ),
  declare(
    '#operator_or',
    'function',
    [required('left', lambda), required('right', lambda)],
    'Or.',
    (_s, left, right) => {
      const value = left()
      return truthy(value) ? value : right()
    },
  ),
  declare('#unary_operator_not', 'function', [required('arg', any)], 'Not.', (_scope, value) => !truthy(value)),
  declare('*equal', 'function', [required('left', any), required('right', any)], 'Equal.', (_s, left, right) =>
    same(left, right),
  ),
  declare(
    '*not_equal',
    'function',
    [required('left', any), required('right', any)],
    'Not equal.',
    (_s, left, right) => !same(left, right),
  ),
  ...NULL_VERDICTS.flatMap(([sign, nullLeft, nullRight, both]) => [
    nullComparison(sign, nothing, notNull, nullLeft),
    nullComparison(sign, notNull, nothing, nullRight),
    nullComparison(sign, nothing, nothing, both),
  ]),
  declare('bool', 'function', [required('value', any)], 'Whether the value counts as true.', (_scope, value) =>
    truthy(value),
  ),
  declare(
    'isBoolean',
    'function',
    [required('value', any)],
    'Whether the value is true or false.',
    (_scope, value) => typeof value === 'boolean',
  ),
  takingRules(
    declare(
      'switch',
      'function',
      [rest('args', lazyRule)],
      'The value of the first condition that holds; null when none does.',
      (_scope, rules) => {
        for (const { source, destination } of rules) if (truthy(source())) return destination()
        return null
      },
    ),
  ),
  declare(
    'selectCase',
    'function',
    [rest('args', lambda)],
    'The index of the first condition that holds, their number when none does.',
    (_scope, conditions) => {
      const found = conditions.findIndex((condition) => truthy(condition()))
      return found === -1 ? conditions.length : found
    },
  ),
  declare(
    'selectAllCases',
    'function',
    [rest('args', lambda)],
    'The indexes of all conditions that hold.',
    (_scope, conditions) => new Lazy('generator object select_all_cases', indexesOf(conditions)),
  ),
  declare(
    'examine',
    'function',
    [rest('args', lambda)],
    'For each condition, whether it holds.',
    (_scope, conditions) =>
      new Lazy(
        'generator object examine',
        conditions.values().map((condition) => truthy(condition())),
      ),
  ),
  declare(
    'switchCase',
    'method',
    [required('case', int), rest('args', lambda)],
    'The argument at this index, the last one when the index is out of range.',
    (_scope, index, choices) => {
      const at = Number(index)
      const choice = at >= 0 && at < choices.length ? choices[at] : choices.at(-1)
      return choice === undefined ? null : choice()
    },
  ),
  declare('coalesce', 'function', [rest('args', lambda)], 'The first argument that is not null.', (_scope, choices) => {
    for (const choice of choices) {
      const value = choice()
      if (value !== null && value !== undefined) return value
    }
    return null
  }),
]

function nullComparison(
  sign: string,
  left: typeof nothing | typeof notNull,
  right: typeof nothing | typeof notNull,
  verdict: boolean,
): FunctionDeclaration {
  const help = 'Null is less than everything else.'
  const parameters = [required<unknown>('left', left), required<unknown>('right', right)] as const
  return declare(`#operator_${sign}`, 'function', parameters, help, () => verdict)
}

function* indexesOf(conditions: readonly Lambda[]): Generator<number, undefined> {
  for (const [at, condition] of conditions.entries()) if (truthy(condition())) yield at
  return undefined
}
