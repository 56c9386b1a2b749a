/** Scopes, properties, calls by name. @source yaql: yaql/standard_library/system.py */
import { PythonError, PythonTypeError, PythonValueError } from '@st2/python-values'
import { declare, type FunctionDeclaration, named, optional, required, rest } from '../resolution/declaration.ts'
import { callFunction, callMethod } from '../resolution/invoke.ts'
import { bareName, FunctionLayer } from '../resolution/layer.ts'
import {
  any,
  expression,
  keyword,
  lambda,
  lambdaIn,
  type LambdaIn,
  iterable,
  mapping,
  methodCall,
  scopeValue,
  sequence,
  text,
  textConstant,
} from '../resolution/types.ts'
import type { Scope } from '../scope.ts'
import { entriesOfMapping, type Mapping, valueAt } from '../values/dict.ts'
import { truthy } from '../values/equal.ts'
import { isIterator, isSequence, isSetLike, NO_VALUE, typeNameOf, walk } from '../values/kinds.ts'
import { Lazy, Memorized } from '../values/lazy.ts'
import { keyError } from './key-error.ts'

export const SYSTEM_FUNCTIONS: readonly FunctionDeclaration[] = [
  declare(
    '#get_context_data',
    'function',
    [required('name', textConstant)],
    'The value of a variable.',
    (scope, name) => scope.get(name.replace(/^\$/, '')),
  ),
  declare(
    '#operator_.',
    'function',
    [required('receiver', any), required('expr', methodCall)],
    'Calls a method.',
    (_scope, receiver, call) => call(receiver),
  ),
  declare(
    '#operator_.',
    'function',
    [required('dict', mapping), required('key', keyword)],
    'The value of a key.',
    (_scope, owner, key) => {
      const found = valueAt(owner, key.constant)
      if (found === undefined) throw keyError(key.constant)
      return found
    },
  ),
  declare(
    '#operator_.',
    'function',
    [required('collection', iterable), required('attribute', keyword)],
    'The attribute of each element.',
    (scope, collection, attribute) => {
      const { budget } = scope.evaluation
      const elements = walk(collection, budget)
      return new Lazy(
        'map object',
        elements.map((element) => callFunction(scope, '#operator_.', [element, attribute])),
      )
    },
  ),
  declare(
    '#operator_?.',
    'function',
    [required('receiver', any), required('expr', expression)],
    'Null for null, otherwise what the dot gives.',
    (scope, receiver, code) => (receiver === null ? null : callFunction(scope, '#operator_.', [receiver, code])),
  ),
  declare(
    '#operator_->',
    'function',
    [required('left', scopeValue), required('right', lambdaIn)],
    'Evaluates the right side with what the left side has set.',
    (_scope, left, right) => right(left),
  ),
  declare(
    'unpack',
    'method',
    [required('sequence', iterable), rest('args', text)],
    'Sets variables to the elements; for the right side of `->`.',
    (scope, elements, names) => {
      const items = Array.from(walk(elements, scope.evaluation.budget))
      // NOTE: upstream has already taken the first element when it numbers those of something lazy
      const lost = names.length === 0 && !isSequence(elements) && !isSetLike(elements)
      return unpack(scope.child(), lost ? items.slice(1) : items, names)
    },
  ),
  declare('with', 'function', [rest('args', any)], 'Sets $1, $2, …; for the right side of `->`.', (scope, values) =>
    numbered(scope.child(), values),
  ),
  declare(
    'let',
    'function',
    [rest('args', any), named('kwargs', any)],
    'Sets $1, $2, … and variables by name; for the right side of `->`.',
    (scope, values, variables) => {
      const inner = numbered(scope.child(), values)
      for (const [name, value] of variables) inner.set(name, value)
      return inner
    },
  ),
  declare(
    'def',
    'function',
    [required('name', text), required('func', lambdaIn)],
    'Defines a function; for the right side of `->`.',
    (scope, name, body) => define(scope.child(), name, body),
  ),
  declare(
    'assert',
    'method',
    [required('obj', any), required('condition', lambda), optional('message', text, 'Assertion failed')],
    'The value itself where the condition holds, otherwise an error with the message.',
    (_scope, value, condition, message) => {
      const subject = isIterator(value) ? new Memorized(value) : value
      if (!truthy(condition(subject))) throw new PythonError('AssertionError', message)
      return subject
    },
  ),
  declare(
    'call',
    'function',
    [
      required('name', text),
      required('args', sequence),
      required('kwargs', mapping),
      optional('receiver', any, NO_VALUE),
    ],
    'Calls a function, or a method where a receiver is given, by its name.',
    (scope, name, args, kwargs, receiver) =>
      receiver === NO_VALUE
        ? callFunction(scope, name, args, namesOf(kwargs))
        : callMethod(scope, name, [receiver, ...args], namesOf(kwargs)),
  ),
]

/** What is left when no other dot takes the value: a property, which is a function of a special name. */
export const FALLBACK_FUNCTIONS: readonly FunctionDeclaration[] = [
  declare(
    '#operator_.',
    'function',
    [required('obj', any), required('name', keyword)],
    'A property.',
    (scope, owner, name) => callFunction(scope, `#property#${String(name.constant)}`, [owner]),
  ),
]

function unpack(inner: Scope, elements: unknown[], names: string[]): Scope {
  if (names.length === 0) return numbered(inner, elements)
  if (names.length !== elements.length) {
    const found = Math.min(elements.length, names.length + 1)
    throw new PythonValueError(`Cannot unpack ${found} elements into ${names.length}`)
  }
  for (const [at, name] of names.entries()) inner.set(name, elements[at])
  return inner
}

function numbered(inner: Scope, values: readonly unknown[]): Scope {
  for (const [at, value] of values.entries()) inner.set(String(at + 1), value)
  return inner
}

/** The function sees itself, so that it can call itself. */
function define(inner: Scope, name: string, body: LambdaIn): Scope {
  inner.evaluation.budget.spend(STEPS_OF_DEFINING)
  const declaration = declare(
    registeredName(name),
    'function',
    [rest('args', any), named('kwargs', any)],
    'Defined by the expression.',
    (_scope, args, kwargs) => {
      const own = inner.child()
      for (const [key, value] of kwargs) own.set(key, value)
      return body(own, ...args)
    },
  )
  inner.layer = new FunctionLayer([declaration], inner.layer)
  return inner
}

/** A layer of functions has to be searched anew for every name. */
const STEPS_OF_DEFINING = 10

/** NOTE: names with underscores are registered in camel case, so `def(my_f, …)` defines `myF`. */
function registeredName(name: string): string {
  const bare = bareName(name)
  if (!/^\p{L}/u.test(bare)) {
    const finish = bare.indexOf(bare.charAt(0), 1)
    if (bare === '' || finish <= 1) return bare
    return bare.slice(0, finish + 1) + camelCase(bare.slice(finish + 1))
  }
  return camelCase(bare)
}

function camelCase(name: string): string {
  return name.replace(/(?!^)_([\p{L}\p{N}_])/gu, (_whole, letter: string) => letter.toUpperCase())
}

const NAME = /^(?!__)(?!\p{Nd})[\p{L}\p{N}_]+(?![\p{L}\p{N}_])/u

function namesOf(kwargs: Mapping): Map<string, unknown> {
  const names = new Map<string, unknown>()
  for (const [key, value] of entriesOfMapping(kwargs)) {
    if (typeof key !== 'string') {
      throw new PythonTypeError(`expected string or bytes-like object, got '${typeNameOf(key)}'`)
    }
    if (!NAME.test(key)) throw new PythonError('RuntimeError', 'dictionary changed size during iteration')
    names.set(key, value)
  }
  return names
}
