/** JSON values as Python sees them. */
export { absolute, type ArithmeticOperator } from './arithmetic.ts'
export { compare, compareText, equals, isOrdered, isTruthy, type Ordering } from './compare.ts'
export { PyComplex } from './complex.ts'
export { PYTHON_SPACE, stripText, toFloat, toInt } from './convert.ts'
export {
  deleteKey,
  dictFrom,
  entriesOf,
  getKey,
  hasKey,
  keysOf,
  requireHashable,
  setKey,
  sizeOf,
  valuesOf,
} from './dict.ts'
export {
  PythonError,
  PythonIndexError,
  PythonKeyError,
  PythonOverflowError,
  PythonRecursionError,
  PythonSyntaxError,
  PythonTypeError,
  PythonValueError,
  PythonZeroDivisionError,
} from './errors.ts'
export { formatValue } from './format-spec.ts'
export { formatPercent } from './percent-format.ts'
export { parseJson } from './json-reader.ts'
export { type DumpOptions, dumpsJson, toJsonValue } from './json.ts'
export {
  type Dict,
  floatValue,
  isDict,
  isFloat,
  isInt,
  isNumeric,
  isPlainObject,
  makeFloat,
  makeInt,
  MAX_INT_DIGITS,
  PyFloat,
  type PyInt,
  PyObject,
  PyTuple,
  typeName,
} from './kinds.ts'
export { MAX_LITERAL_DEPTH, parseLiteral } from './literal.ts'
export {
  DEFAULT_VALUE_LIMITS,
  LimitError,
  requireWithin,
  type ValueLimits,
  valueLimits,
  withValueLimits,
} from './limits.ts'
export { numberLiteral } from './number-literal.ts'
export { binary, contains, MAX_SEQUENCE_LENGTH, negate, positive } from './operators.ts'
export { round } from './rounding.ts'
export { ascii, repr, reprFloat, str } from './repr.ts'
export { unescapeText } from './string-literal.ts'
export { findAll, matchStart, searchText, splitByRegex, substitute } from './re/functions.ts'
export { Regex, type RegexMatch, type RegexOptions } from './re/regex.ts'
export { PythonRegexError } from './re/syntax.ts'
