import {
  type Dict,
  getKey,
  hasKey,
  isDict,
  isFloat,
  isInt,
  isNumeric,
  makeFloat,
  PyComplex,
  PythonTypeError,
  PyTuple,
  str,
  typeName,
} from '@st2/python-values'
import { PyBytes } from './bytes.ts'
import { TemplateRuntimeError } from './errors.ts'
import { GroupTuple } from './group.ts'
import { formatMap, formatText } from './methods/format.ts'
import { METHODS } from './methods/tables.ts'
import { Macro } from './macro.ts'
import { markupMethod } from './markup.ts'
import {
  AttributeObject,
  BoundMethod,
  LookupNode,
  Markup,
  PyFunction,
  PyGenerator,
  PyRange,
  type PySlice,
  valueOf,
} from './objects.ts'
import type { Scope } from './scope.ts'
import { codePoints, textAt } from './text.ts'
import { Undefined, undefinedMember, unsafeMember } from './undefined.ts'

/**
 * `object.name`: a method or attribute of the kind of value first, then the key of that name. Attributes of the host's objects
 * cannot be reached: only tables of methods and own keys are asked.
 *
 * @source jinja2: sandbox.py SandboxedEnvironment.getattr
 */
export function getAttribute(object: unknown, name: string, scope: Scope): unknown {
  if (object instanceof Undefined && DUNDER.has(name)) return unsafeMember(object, name, scope.undefinedMode)
  if (object instanceof Undefined) throw object.error()
  const own = ownAttribute(object, name, scope)
  if (own !== undefined) return own
  if (isDict(object) && hasKey(object, name)) return getKey(object, name)
  return undefinedMember(object, name, scope.undefinedMode)
}

/** The attribute alone, never a key of that name. @source jinja2: filters.py do_attr */
export function attributeOnly(object: unknown, name: string, scope: Scope): unknown {
  if (object instanceof Undefined) throw object.error()
  return ownAttribute(object, name, scope) ?? undefinedMember(object, name, scope.undefinedMode)
}

/**
 * `object[key]`: an element first, then the attribute of that name.
 *
 * @source jinja2: sandbox.py SandboxedEnvironment.getitem
 */
export function getItem(object: unknown, key: unknown, scope: Scope): unknown {
  if (object instanceof Undefined) throw object.error()
  if (key instanceof Undefined && isDict(object)) key.requireLenient()
  const element = elementOf(object, key)
  if (element !== undefined) return element
  if (typeof key === 'string') {
    const own = ownAttribute(object, key, scope)
    if (own !== undefined) return own
  }
  return undefinedMember(object, key, scope.undefinedMode)
}

/** How `format` reaches into values. */
const ACCESS = { attribute: getAttribute, item: getItem }

/** Attributes that every value has in Python and that the sandbox refuses; others of the kind simply do not exist. */
const DUNDER = new Set(
  'class delattr dir doc eq format ge getattribute getstate gt hash init init_subclass le lt ne new reduce reduce_ex repr setattr sizeof str subclasshook'
    .split(' ')
    .map((name) => `__${name}__`),
)
const SEQUENCE_DUNDER = ['__contains__', '__getitem__', '__iter__', '__len__']
const KIND_DUNDER: Record<string, Set<string>> = {
  str: new Set([...SEQUENCE_DUNDER, '__add__', '__mod__', '__mul__', '__rmod__', '__rmul__', '__getnewargs__']),
  list: new Set([
    ...SEQUENCE_DUNDER,
    '__add__',
    '__mul__',
    '__rmul__',
    '__iadd__',
    '__imul__',
    '__delitem__',
    '__setitem__',
    '__reversed__',
    '__class_getitem__',
  ]),
  tuple: new Set([...SEQUENCE_DUNDER, '__add__', '__mul__', '__rmul__', '__getnewargs__', '__class_getitem__']),
  dict: new Set([
    ...SEQUENCE_DUNDER,
    '__delitem__',
    '__setitem__',
    '__reversed__',
    '__or__',
    '__ror__',
    '__ior__',
    '__class_getitem__',
  ]),
  function: new Set([
    '__call__',
    '__globals__',
    '__code__',
    '__closure__',
    '__defaults__',
    '__kwdefaults__',
    '__name__',
    '__qualname__',
    '__module__',
    '__dict__',
    '__get__',
    '__annotations__',
    '__builtins__',
  ]),
  builtin_function_or_method: new Set([
    '__call__',
    '__name__',
    '__qualname__',
    '__module__',
    '__self__',
    '__text_signature__',
  ]),
}

/** What a macro keeps to itself upstream. */
const PRIVATE_OF_MACRO = new Set(
  '_func _environment _argument_count _default_autoescape _invoke _async_invoke'.split(' '),
)

/** An attribute of the value itself, its kind's methods included; `undefined` when there is none. */
function ownAttribute(object: unknown, name: string, scope: Scope): unknown {
  if (name.startsWith('__') && name.endsWith('__')) {
    const kind = typeName(object)
    const exists = DUNDER.has(name) || (Object.hasOwn(KIND_DUNDER, kind) && KIND_DUNDER[kind]?.has(name) === true)
    return exists ? unsafeMember(object, name, scope.undefinedMode) : undefined
  }
  if (object instanceof Markup) return markupMethod(object, name, ACCESS)
  if (object instanceof GroupTuple) return object.attribute(name) ?? methodOf(object, name)
  if (object instanceof Macro && PRIVATE_OF_MACRO.has(name)) return unsafeMember(object, name, scope.undefinedMode)
  if (object instanceof AttributeObject) return name.startsWith('_') ? undefined : object.attribute(name)
  if (object instanceof PyRange && RANGE_PARTS.has(name)) return Reflect.get(object, name)
  return numberPart(object, name) ?? methodOf(object, name)
}

const RANGE_PARTS = new Set(['start', 'stop', 'step'])

/** Numbers are complex numbers and fractions too. */
function numberPart(object: unknown, name: string): unknown {
  if (object instanceof PyComplex) {
    if (name === 'real') return makeFloat(object.real)
    return name === 'imag' ? makeFloat(object.imaginary) : undefined
  }
  if (!isNumeric(object)) return undefined
  if (name === 'real') return typeof object === 'boolean' ? Number(object) : object
  if (name === 'imag') return isFloat(object) ? makeFloat(0) : 0
  if (isFloat(object)) return undefined
  if (name === 'numerator') return typeof object === 'boolean' ? Number(object) : object
  return name === 'denominator' ? 1 : undefined
}

function methodOf(object: unknown, name: string): PyFunction | undefined {
  if (object instanceof PyFunction || object instanceof PyGenerator) return undefined
  if (typeof object === 'string') {
    if (name === 'format') return new PyFunction('str.format', (call) => formatText(object, call, ACCESS))
    if (name === 'format_map') return new PyFunction('str.format_map', (call) => formatMap(object, call, ACCESS))
  }
  const kind = typeName(object)
  const methods = Object.hasOwn(METHODS, kind) ? METHODS[kind] : undefined
  const method = methods !== undefined && Object.hasOwn(methods, name) ? methods[name] : undefined
  if (method !== undefined) return new BoundMethod(kind, name, (call) => method(object, call))
  return undefined
}

function elementOf(object: unknown, key: unknown): unknown {
  if (isDict(object)) return dictElement(object, key)
  if (object instanceof LookupNode) return object.attribute(typeof key === 'string' ? key : String(key))
  const index = typeof key === 'boolean' ? Number(key) : isInt(key) ? Number(key) : undefined
  if (index === undefined) return undefined
  if (Array.isArray(object)) return presentOrNull(object, index < 0 ? index + object.length : index)
  if (typeof object === 'string') return textAt(object, index < 0 ? index + codePoints(object).length : index)
  if (object instanceof Markup) return markupElement(object, index)
  if (object instanceof PyBytes) return object.values().at(index)
  if (object instanceof PyRange) {
    const place = index < 0 ? index + object.length : index
    return place >= 0 && place < object.length ? object.start + place * object.step : undefined
  }
  return undefined
}

function markupElement({ text }: Markup, index: number): Markup | undefined {
  const char = textAt(text, index < 0 ? index + codePoints(text).length : index)
  return char === undefined ? undefined : new Markup(char)
}

function dictElement(dict: Dict, key: unknown): unknown {
  const isUnhashable = (Array.isArray(key) && !(key instanceof PyTuple)) || isDict(key)
  return isUnhashable ? undefined : getKey(dict, key)
}

/** A list may hold `undefined` where JavaScript left a hole: that is None. */
function presentOrNull(list: unknown[], index: number): unknown {
  if (index < 0 || index >= list.length) return undefined
  const item = list[index]
  return item === undefined ? null : item
}

/** `object[start:stop:step]`; no attribute stands in for a slice. */
export function getSlice(given: unknown, slice: PySlice): unknown {
  if (given instanceof Undefined) throw given.error()
  if (given instanceof Markup) return new Markup(str(getSlice(given.text, slice)))
  const object = valueOf(given)
  if (typeof object === 'string') {
    const points = codePoints(object)
    return slicePlaces(points.length, slice)
      .map((at) => points[at] ?? '')
      .join('')
  }
  if (object instanceof PyTuple) return PyTuple.from(slicePlaces(object.length, slice).map((at) => object[at]))
  if (Array.isArray(object)) return slicePlaces(object.length, slice).map((at): unknown => object[at])
  if (object instanceof PyRange) return rangeSlice(object, slice)
  if (object instanceof PyBytes) {
    return PyBytes.of(slicePlaces(object.length, slice).map((at) => object.latin.charCodeAt(at)))
  }
  if (isDict(object)) throw new PythonTypeError("unhashable type: 'slice'")
  throw new PythonTypeError(`'${typeName(object)}' object is not subscriptable`)
}

function rangeSlice({ start, step, length }: PyRange, slice: PySlice): PyRange {
  const bounds = sliceBounds(length, slice)
  return new PyRange(start + bounds.start * step, start + bounds.stop * step, step * bounds.step)
}

/** The indexes a slice selects. @source Python's slice.indices() */
function slicePlaces(length: number, slice: PySlice): number[] {
  const { start, stop, step } = sliceBounds(length, slice)
  const places: number[] = []
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) places.push(at)
  return places
}

function sliceBounds(length: number, slice: PySlice): { start: number; stop: number; step: number } {
  const step = part(slice.step) ?? 1
  if (step === 0) throw new TemplateRuntimeError('slice step cannot be zero', 'ValueError')
  const low = step > 0 ? 0 : -1
  const high = step > 0 ? length : length - 1
  const clamp = (index: number): number => Math.min(Math.max(index < 0 ? index + length : index, low), high)
  const from = part(slice.start)
  const to = part(slice.stop)
  const start = from === undefined ? (step > 0 ? low : high) : clamp(from)
  const stop = to === undefined ? (step > 0 ? high : low) : clamp(to)
  return { start, stop, step }
}

function part(value: unknown): number | undefined {
  if (value === null || value === undefined) return undefined
  if (isNumeric(value) && (isInt(value) || typeof value === 'boolean')) return Number(value)
  throw new TemplateRuntimeError('slice indices must be integers or None or have an __index__ method', 'TypeError')
}
