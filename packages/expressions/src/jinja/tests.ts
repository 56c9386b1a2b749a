import {
  type Dict,
  equals,
  isDict,
  isFloat,
  isInt,
  isNumeric,
  type Ordering,
  PyComplex,
  requireHashable,
  str,
  binary,
} from '@st2/python-values'
import { containsValue, isIterable } from './collections.ts'
import { isLower, isUpper } from './methods/letter-case.ts'
import { CallableObject, Markup, PyFunction, PyRange } from './objects.ts'
import { markupTest, type Test, test } from './registry.ts'
import { isInOrder } from './sorting.ts'
import { requireDefined, Undefined } from './undefined.ts'

const VALUE = ['value']
const PAIR = ['a', 'b']

function remainder(value: unknown, divisor: unknown): unknown {
  requireDefined(value)
  requireDefined(divisor)
  return binary('%', value, divisor)
}

function ordering(name: string, operator: Ordering): Test {
  return markupTest(name, PAIR, ([left, right]) => isInOrder(left, operator, right))
}

const eq = test('eq', PAIR, ([left, right]) => equals(left, right))
const ne = test('ne', PAIR, ([left, right]) => !equals(left, right))
const gt = ordering('gt', '>')
const ge = ordering('ge', '>=')
const lt = ordering('lt', '<')
const le = ordering('le', '<=')

function isSequence(value: unknown): value is string | unknown[] | Dict {
  return typeof value === 'string' || Array.isArray(value) || isDict(value) || value instanceof PyRange
}

/** @source jinja2: tests.py TESTS */
export const BUILTIN_TESTS: Record<string, Test> = {
  defined: test('test_defined', VALUE, ([value]) => !(value instanceof Undefined)),
  undefined: test('test_undefined', VALUE, ([value]) => value instanceof Undefined),
  none: test('test_none', VALUE, ([value]) => value === null),
  boolean: test('test_boolean', VALUE, ([value]) => typeof value === 'boolean'),
  true: test('test_true', VALUE, ([value]) => value === true),
  false: test('test_false', VALUE, ([value]) => value === false),
  integer: test('test_integer', VALUE, ([value]) => isInt(value)),
  float: test('test_float', VALUE, ([value]) => isFloat(value)),
  number: test('test_number', VALUE, ([value]) => isNumeric(value) || value instanceof PyComplex),
  string: test('test_string', VALUE, ([value]) => typeof value === 'string'),
  mapping: test('test_mapping', VALUE, ([value]) => isDict(value)),
  sequence: test('test_sequence', VALUE, ([value]) => isSequence(value) || isLenient(value)),
  iterable: test('test_iterable', VALUE, ([value]) => isIterable(value)),
  callable: test('callable', VALUE, ([value]) => isCallable(value)),
  lower: test('test_lower', VALUE, ([value]) => isLower(str(value))),
  upper: test('test_upper', VALUE, ([value]) => isUpper(str(value))),
  odd: test('test_odd', VALUE, ([value]) => equals(remainder(value, 2), 1)),
  even: test('test_even', VALUE, ([value]) => equals(remainder(value, 2), 0)),
  divisibleby: test('test_divisibleby', ['value', 'num'], ([value, num]) => equals(remainder(value, num), 0)),
  sameas: test('test_sameas', ['value', 'other'], ([value, other]) => Object.is(value, other)),
  in: test('test_in', ['value', 'seq'], ([value, seq], scope) => containsValue(seq, value, scope)),
  filter: test('test_filter', VALUE, ([value], scope) => isNamed(value, scope.environment.filters)),
  test: test('test_test', VALUE, ([value], scope) => isNamed(value, scope.environment.tests)),
  escaped: markupTest('test_escaped', VALUE, ([value]) => value instanceof Markup),
  eq,
  '==': eq,
  equalto: eq,
  ne,
  '!=': ne,
  gt,
  '>': gt,
  greaterthan: gt,
  ge,
  '>=': ge,
  lt,
  '<': lt,
  lessthan: lt,
  le,
  '<=': le,
}

/** A lenient undefined has a length and takes indexes, so it counts as a sequence. */
function isLenient(value: unknown): boolean {
  return value instanceof Undefined && value.mode === 'lenient'
}

function isCallable(value: unknown): boolean {
  return value instanceof PyFunction || value instanceof CallableObject || value instanceof Undefined
}

function isNamed(value: unknown, table: ReadonlyMap<string, unknown>): boolean {
  requireHashable(value)
  return typeof value === 'string' && table.has(value)
}
