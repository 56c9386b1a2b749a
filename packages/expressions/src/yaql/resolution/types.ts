/** Types of parameters: what an argument must be, before and after it is evaluated. */
import { isFloat, isInt, type PyFloat, type PyInt, PythonTypeError } from '@st2/python-values'
import { Pattern } from '../library/pattern.ts'
import { DateTime } from '../dates/date-time.ts'
import { TimeSpan } from '../dates/time-span.ts'
import { Scope } from '../scope.ts'
import type { Mapping } from '../values/dict.ts'
import {
  isIterable,
  isIterator,
  isMapping,
  isSequence,
  isSetLike,
  type IterableValue,
  NO_VALUE,
  type SetLike,
} from '../values/kinds.ts'
import type { Lazy } from '../values/lazy.ts'
import { Ordering } from '../values/ordering.ts'
import { Code, MappingRule } from './code.ts'

/** Python classes that parameters name, each with those it is a kind of. */
const ANCESTORS = {
  object: [],
  bool: ['int', 'object'],
  int: ['object'],
  number: [],
  str: ['object'],
  NoneType: ['object'],
  Iterable: ['object'],
  Sequence: ['Iterable', 'object'],
  Set: ['Iterable', 'object'],
  Mapping: ['Iterable', 'object'],
  OrderingIterable: ['Iterable', 'object'],
  datetime: ['object'],
  timedelta: ['object'],
  Pattern: ['object'],
  ContextBase: ['object'],
  MappingRule: ['object'],
  none: [],
} as const satisfies Record<string, readonly string[]>

export type PythonClass = keyof typeof ANCESTORS

export interface ParameterType<T> {
  /** How signatures show it. */
  readonly label: string
  readonly pythonClass: PythonClass
  /** The argument is not evaluated before the call. */
  readonly isLazy: boolean
  /** Whether the argument, evaluated or not, can be one. */
  accepts(argument: unknown): boolean
  /** What the function gets. */
  convert(argument: unknown, scope: Scope): T
}

/** Whether one type is narrower than the other. */
export function isNarrower(type: ParameterType<unknown>, other: ParameterType<unknown>): boolean {
  const ancestors: readonly string[] = ANCESTORS[type.pythonClass]
  return ancestors.includes(other.pythonClass)
}

interface ValueOptions<T> {
  label: string
  pythonClass: PythonClass
  guard: (value: unknown) => value is T
}

function valueType<T>(options: ValueOptions<T>): ParameterType<T> {
  const { label, pythonClass, guard } = options
  return {
    label,
    pythonClass,
    isLazy: false,
    accepts: (argument) => {
      if (!(argument instanceof Code)) return guard(argument)
      return !argument.isConstant || guard(argument.constant)
    },
    convert: (argument) => {
      const value = argument instanceof Code ? argument.constant : argument
      if (!guard(value)) throw new TypeError(`an argument is no ${label}`)
      return value
    },
  }
}

/** The type, or null. */
export function nullable<T>(type: ParameterType<T>): ParameterType<T | null> {
  // a `null` written where an expression is wanted is an expression that gives null
  const isNull = (argument: unknown): boolean =>
    argument === null || (!type.isLazy && argument instanceof Code && argument.isConstant && argument.constant === null)
  return {
    ...type,
    label: `${type.label}?`,
    accepts: (argument) => isNull(argument) || type.accepts(argument),
    convert: (argument, scope) => (isNull(argument) ? null : type.convert(argument, scope)),
  }
}

export const any = valueType({
  label: 'any',
  pythonClass: 'object',
  guard: (_value): _value is unknown => true,
})
export const notNull = valueType({
  label: 'any',
  pythonClass: 'object',
  guard: (value): value is NonNullable<unknown> => value !== null && value !== undefined,
})
export const nothing = valueType({
  label: 'null',
  pythonClass: 'NoneType',
  guard: (value): value is null => value === null || value === undefined,
})
export const text = valueType({
  label: 'string',
  pythonClass: 'str',
  guard: (value): value is string => typeof value === 'string',
})
export const bool = valueType({
  label: 'boolean',
  pythonClass: 'bool',
  guard: (value): value is boolean => typeof value === 'boolean',
})
/** A boolean is one too, as everywhere in Python. */
export const int = valueType({
  label: 'integer',
  pythonClass: 'int',
  guard: (value): value is PyInt | boolean => isInt(value) || typeof value === 'boolean',
})
export const strictInt = valueType({
  label: 'integer',
  pythonClass: 'int',
  guard: isInt,
})
export const number = valueType({
  label: 'number',
  pythonClass: 'number',
  guard: (value): value is PyInt | number | PyFloat => isInt(value) || isFloat(value),
})
export const iterable = valueType<IterableValue>({
  label: 'iterable',
  pythonClass: 'Iterable',
  guard: isIterable,
})
/** An iterable that has an order: no set. */
export const inOrder = valueType<Exclude<IterableValue, SetLike>>({
  label: 'iterable',
  pythonClass: 'Iterable',
  guard: (value): value is Exclude<IterableValue, SetLike> => isIterable(value) && !isSetLike(value),
})
export const iterator = valueType<Lazy>({
  label: 'iterator',
  pythonClass: 'Iterable',
  guard: isIterator,
})
export const sequence = valueType<readonly unknown[]>({
  label: 'list',
  pythonClass: 'Sequence',
  guard: isSequence,
})
export const mapping = valueType<Mapping>({
  label: 'mapping',
  pythonClass: 'Mapping',
  guard: isMapping,
})
export const set = valueType<SetLike>({
  label: 'set',
  pythonClass: 'Set',
  guard: isSetLike,
})
export const ordering = valueType<Ordering>({
  label: 'ordered collection',
  pythonClass: 'OrderingIterable',
  guard: (value): value is Ordering => value instanceof Ordering,
})
export const pattern = valueType<Pattern>({
  label: 'regex',
  pythonClass: 'Pattern',
  guard: (value): value is Pattern => value instanceof Pattern,
})
export const dateTime = valueType<DateTime>({
  label: 'datetime',
  pythonClass: 'datetime',
  guard: (value): value is DateTime => value instanceof DateTime,
})
export const timeSpan = valueType<TimeSpan>({
  label: 'timespan',
  pythonClass: 'timedelta',
  guard: (value): value is TimeSpan => value instanceof TimeSpan,
})
export const scopeValue = valueType<Scope>({
  label: 'context',
  pythonClass: 'ContextBase',
  guard: (value): value is Scope => value instanceof Scope,
})
/** `key => value`, both evaluated. */
export const rule = valueType<MappingRule>({
  label: 'key => value',
  pythonClass: 'MappingRule',
  guard: (value): value is MappingRule => value instanceof MappingRule,
})

interface LazyOptions<T> {
  label: string
  accepts: (argument: unknown) => boolean
  convert: (argument: unknown, scope: Scope) => T
  isLazy?: false
}

function codeType<T>({ label, accepts, convert, isLazy }: LazyOptions<T>): ParameterType<T> {
  return {
    label,
    pythonClass: 'none',
    isLazy: isLazy ?? true,
    accepts,
    convert,
  }
}

export type Lambda = (...args: unknown[]) => unknown
export type LambdaIn = (scope: Scope, ...args: unknown[]) => unknown

/** An expression evaluated once for each call of it; `$`, `$1`, `$2` are its arguments. */
export const lambda = codeType<Lambda>({
  label: 'expression',
  accepts: () => true,
  convert: makeLambda,
})

/** An expression evaluated in a scope that the function makes. */
export const lambdaIn = codeType<LambdaIn>({
  label: 'expression',
  accepts: () => true,
  convert:
    (argument) =>
    (scope, ...args) =>
      argument instanceof Code ? argument.run(publish(scope, args)) : argument,
})

/** A call as written: what stands behind a dot. */
export const methodCall = codeType<(receiver: unknown) => unknown>({
  label: 'call',
  accepts: (argument) => !(argument instanceof Code) || argument.callOn !== null,
  convert: (argument, scope) => (receiver) =>
    argument instanceof Code && argument.callOn !== null ? argument.callOn(receiver, scope) : argument,
})

/** A bare word. */
export const keyword = codeType<Code>({
  label: 'word',
  accepts: (argument) => argument instanceof Code && argument.isKeyword,
  convert: requireCode,
  isLazy: false,
})

export const textConstant = codeType<string>({
  label: 'string constant',
  accepts: (argument) => argument instanceof Code && typeof argument.constant === 'string',
  convert: (argument) => String(requireCode(argument).constant),
  isLazy: false,
})

/** Any expression, as it stands. */
export const expression = codeType<Code>({
  label: 'expression',
  accepts: (argument) => argument instanceof Code,
  convert: requireCode,
})

/** `condition => value`, both evaluated only when asked for. */
export const lazyRule = codeType<{
  source: () => unknown
  destination: () => unknown
}>({
  label: 'condition => value',
  accepts: (argument) => argument instanceof Code && argument.rule !== null,
  convert: (argument, scope) => {
    const { rule: parts } = requireCode(argument)
    if (parts === null) throw new TypeError('an argument is no rule')
    return {
      source: () => parts.source.run(scope),
      destination: () => parts.destination.run(scope),
    }
  },
})

function requireCode(argument: unknown): Code {
  if (!(argument instanceof Code)) throw new TypeError('an argument is no expression')
  return argument
}

function makeLambda(argument: unknown, scope: Scope): Lambda {
  if (!(argument instanceof Code)) return () => requireCallable(argument)
  return (...args) => argument.run(args.length === 1 ? scope.withFirst(args[0]) : publish(scope.child(), args))
}

/** A value where an expression is wanted stands for itself, but for null, which Python then tries to call. */
function requireCallable(value: unknown): unknown {
  if (value === null) throw new PythonTypeError("'NoneType' object is not callable")
  return value
}

function publish(scope: Scope, args: unknown[]): Scope {
  for (const [at, value] of args.entries()) scope.set(String(at + 1), value)
  return scope
}

/** What a parameter without a value and without a default gets. */
export function isGiven(value: unknown): boolean {
  return value !== NO_VALUE
}
