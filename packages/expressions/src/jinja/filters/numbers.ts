import {
  absolute,
  binary,
  floatValue,
  isFloat,
  isInt,
  isNumeric,
  makeFloat,
  PyComplex,
  PythonError,
  PythonTypeError,
  round,
  toFloat,
  toInt,
  typeName,
} from '@st2/python-values'
import { FilterArgumentError } from '../errors.ts'
import { type Filter, filter } from '../registry.ts'
import { requireDefined } from '../undefined.ts'

export const NUMBER_FILTERS: Record<string, Filter> = {
  int: filter('do_int', ['value', ['default', 0], ['base', 10]], ([value, fallback, base]) => {
    requireDefined(value)
    return attempt(
      () => (typeof value === 'string' ? toInt(value, integerArgument(base)) : toInt(value)),
      () =>
        attempt(
          () => toInt(makeFloat(toFloat(value))),
          () => fallback,
        ),
    )
  }),
  float: filter('do_float', ['value', ['default', makeFloat(0)]], ([value, fallback]) => {
    requireDefined(value)
    return attempt(
      () => makeFloat(toFloat(value)),
      () => fallback,
    )
  }),
  abs: filter('abs', ['x'], ([value]) => {
    if (isNumeric(value)) return absolute(value)
    if (value instanceof PyComplex) return makeFloat(value.size)
    throw new PythonTypeError(`bad operand type for abs(): '${typeName(value)}'`)
  }),
  round: filter('do_round', ['value', ['precision', 0], ['method', 'common']], ([value, precision, method]) =>
    roundBy(value, precision, method),
  ),
}

/** What `int` and `float` forgive: texts that are no numbers, values of other kinds, infinity. */
const FORGIVEN = new Set(['TypeError', 'ValueError', 'OverflowError'])

function attempt(convert: () => unknown, otherwise: () => unknown): unknown {
  try {
    return convert()
  } catch (error) {
    if (error instanceof PythonError && FORGIVEN.has(error.pythonType)) return otherwise()
    throw error
  }
}

export function integerArgument(value: unknown): number {
  if (isInt(value) || typeof value === 'boolean') return Number(value)
  throw new PythonTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`)
}

/** @source jinja2: filters.py do_round */
function roundBy(value: unknown, precision: unknown, method: unknown): unknown {
  if (method !== 'common' && method !== 'ceil' && method !== 'floor') {
    throw new FilterArgumentError('method must be common, ceil or floor')
  }
  if (method === 'common') {
    if (isNumeric(value)) return round(value, integerArgument(precision))
    throw new PythonTypeError(`type ${typeName(value)} doesn't define __round__ method`)
  }
  requireDefined(value)
  const factor = binary('**', 10, integerArgument(precision))
  const scaled = binary('*', value, factor)
  return binary('/', wholeNumber(scaled, method), factor)
}

function wholeNumber(value: unknown, method: 'ceil' | 'floor'): unknown {
  if (!isNumeric(value)) throw new PythonTypeError(`must be real number, not ${typeName(value)}`)
  if (!isFloat(value)) return toInt(value)
  return toInt(makeFloat(method === 'ceil' ? Math.ceil(floatValue(value)) : Math.floor(floatValue(value))))
}
