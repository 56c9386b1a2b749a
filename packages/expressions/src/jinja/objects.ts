/** Kinds of values that only exist inside an evaluation. */
import {
  type Dict,
  entriesOf,
  keysOf,
  PyObject,
  PythonTypeError,
  PyTuple,
  repr,
  str,
  valuesOf,
} from '@st2/python-values'
import { MissingKeyError } from '../missing-key.ts'
import type { Scope } from './scope.ts'

/** A value with attributes of its own. */
export abstract class AttributeObject extends PyObject {
  /** Where upstream's class lives, as messages about missing attributes show it. */
  readonly pyModule: string = ''

  /** The attribute, or `undefined` when there is none. */
  abstract attribute(name: string): unknown
}

export interface Call {
  args: unknown[]
  kwargs: Record<string, unknown>
  scope: Scope
}

/** A value with attributes that can also be called: a macro, `joiner()`, the `loop` of a recursive `for`. */
export abstract class CallableObject extends AttributeObject {
  abstract run(call: Call): unknown
}

/** Text that is safe inside of HTML. In every other respect it is the text. @source markupsafe: Markup */
export class Markup extends AttributeObject {
  override readonly pyModule = 'markupsafe.'
  readonly pyType = 'Markup'
  readonly text: string

  constructor(text: string) {
    super()
    this.text = text
  }

  /** Its methods are those of texts, which the tables of methods hold. */
  attribute(): undefined {
    return undefined
  }

  override pyStr(): string {
    return this.text
  }

  pyRepr(): string {
    return `Markup(${repr(this.text)})`
  }

  override pyTruth(): boolean {
    return this.text !== ''
  }

  override pyEquals(other: unknown): boolean {
    return textOf(other) === this.text
  }
}

/** A safe text as the text it is; everything else itself. */
export function textOf(value: unknown): unknown {
  return value instanceof Markup ? value.text : value
}

/** The only thing that can be called: functions of the host are no values. */
export class PyFunction extends PyObject {
  readonly pyType: string = 'function'
  readonly functionName: string
  readonly run: (call: Call) => unknown

  constructor(functionName: string, run: (call: Call) => unknown) {
    super()
    this.functionName = functionName
    this.run = run
  }

  /** NOTE: upstream shows an address at the end, which says nothing; ours is fixed. */
  pyRepr(): string {
    return `<function ${this.functionName} at 0x7f0000000000>`
  }
}

/** A class of Python, called to make a value. */
export class PyClass extends PyFunction {
  override readonly pyType = 'type'

  override pyRepr(): string {
    return `<class '${this.functionName}'>`
  }
}

/** A method taken from a value, as `'a'.upper` is before the parentheses. */
export class BoundMethod extends PyFunction {
  override readonly pyType: string = 'builtin_function_or_method'
  readonly owner: string

  constructor(owner: string, functionName: string, run: (call: Call) => unknown) {
    super(functionName, run)
    this.owner = owner
  }

  /** NOTE: upstream shows an address at the end, which says nothing; ours is fixed. */
  override pyRepr(): string {
    return `<built-in method ${this.functionName} of ${this.owner} object at 0x7f0000000000>`
  }
}

/** A method that upstream has written in Python: it shows what it belongs to. */
export class PythonMethod extends BoundMethod {
  override readonly pyType = 'method'
  readonly #self: unknown

  constructor(owner: string, functionName: string, self: unknown, run: (call: Call) => unknown) {
    super(owner, functionName, run)
    this.#self = self
  }

  override pyRepr(): string {
    return `<bound method ${this.owner}.${this.functionName} of ${repr(this.#self)}>`
  }
}

/** `keys()`, `values()` and `items()` of a dict. */
export class DictView extends PyObject {
  readonly pyType: 'dict_keys' | 'dict_values' | 'dict_items'
  readonly #dict: Dict

  constructor(pyType: 'dict_keys' | 'dict_values' | 'dict_items', dict: Dict) {
    super()
    this.pyType = pyType
    this.#dict = dict
  }

  /** What the dict holds now. */
  get items(): readonly unknown[] {
    if (this.pyType === 'dict_keys') return keysOf(this.#dict)
    if (this.pyType === 'dict_values') return valuesOf(this.#dict)
    return entriesOf(this.#dict).map((entry) => PyTuple.from(entry))
  }

  pyRepr(): string {
    return `${this.pyType}(${repr([...this.items])})`
  }

  override pyTruth(): boolean {
    return this.items.length > 0
  }

  /** Keys and items are sets of a kind. */
  override pyRequireHashable(): void {
    if (this.pyType !== 'dict_values') throw new PythonTypeError(`unhashable type: '${this.pyType}'`)
  }
}

/** What `range()` makes: no list until somebody walks it. */
export class PyRange extends PyObject {
  readonly pyType = 'range'
  readonly start: number
  readonly stop: number
  readonly step: number

  constructor(start: number, stop: number, step: number) {
    super()
    this.start = start
    this.stop = stop
    this.step = step
  }

  override get pyHasElements(): boolean {
    return true
  }

  get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step))
  }

  *values(): Generator<number> {
    for (let at = 0; at < this.length; at++) yield this.start + at * this.step
  }

  pyRepr(): string {
    const { start, stop, step } = this
    return step === 1 ? `range(${start}, ${stop})` : `range(${start}, ${stop}, ${step})`
  }

  override pyTruth(): boolean {
    return this.length > 0
  }

  override pyEquals(other: unknown): boolean {
    if (!(other instanceof PyRange) || other.length !== this.length) return false
    if (this.length === 0) return true
    return other.start === this.start && (this.length === 1 || other.step === this.step)
  }
}

/** A lazy result of a filter. It can be walked once, and is always true. */
export class PyGenerator extends PyObject {
  readonly pyType: string = 'generator'
  readonly iterator: Iterable<unknown>
  readonly origin: string

  constructor(origin: string, iterator: Iterable<unknown>) {
    super()
    this.origin = origin
    this.iterator = iterator
  }

  /** NOTE: upstream shows an address, which says nothing; ours is fixed. */
  pyRepr(): string {
    return `<generator object ${this.origin} at 0x7f0000000000>`
  }
}

/** An iterator of Python's own, such as `reversed()` gives. */
export class PyIterator extends PyGenerator {
  override readonly pyType: string

  constructor(pyType: string, items: Iterable<unknown>) {
    super(pyType, items)
    this.pyType = pyType
  }

  /** NOTE: upstream shows an address, which says nothing; ours is fixed. */
  override pyRepr(): string {
    return `<${this.pyType} object at 0x7f0000000000>`
  }
}

/** A slice used as a key, `a[1:2]`. */
export class PySlice extends PyObject {
  readonly pyType = 'slice'
  readonly start: unknown
  readonly stop: unknown
  readonly step: unknown

  constructor(start: unknown, stop: unknown, step: unknown) {
    super()
    this.start = start
    this.stop = stop
    this.step = step
  }

  pyRepr(): string {
    return `slice(${[this.start, this.stop, this.step].map(repr).join(', ')})`
  }
}

/** `namespace()`: the one object whose attributes a template may set. */
export class Namespace extends AttributeObject {
  override readonly pyModule = 'jinja2.utils.'
  readonly pyType = 'Namespace'
  readonly values: Map<string, unknown>

  constructor(values: Iterable<[string, unknown]>) {
    super()
    this.values = new Map(values)
  }

  attribute(name: string): unknown {
    return this.values.get(name)
  }

  pyRepr(): string {
    return `<Namespace ${repr(new Map(this.values))}>`
  }
}

/**
 * A place where the caller's data ends and a look-up begins, such as `st2kv`. Steps go down without asking; the value of the
 * place reached is only taken when the template uses it: prints it, pipes it into a filter, compares it.
 */
export abstract class LookupNode extends AttributeObject {
  /** @throws MissingKeyError when the value must be fetched first */
  abstract value(): unknown

  override pyStr(): string {
    return str(this.value())
  }

  pyRepr(): string {
    return repr(this.value())
  }
}

/** A tree of dotted keys: `st2kv.system.a.b` is the key `system.a.b` of the source `st2kv`. */
export class KeyPathNode extends LookupNode {
  readonly pyType = 'KeyValueLookup'
  readonly #source: string
  readonly #path: string
  readonly #known: ReadonlyMap<string, unknown>

  constructor(source: string, known: ReadonlyMap<string, unknown>, path = '') {
    super()
    this.#source = source
    this.#known = known
    this.#path = path
  }

  /** As a template spells it: `st2kv.system.x`. */
  get spelling(): string {
    return this.#path === '' ? this.#source : `${this.#source}.${this.#path}`
  }

  attribute(name: string): KeyPathNode {
    return new KeyPathNode(this.#source, this.#known, this.#path === '' ? name : `${this.#path}.${name}`)
  }

  value(): unknown {
    if (this.#path === '') throw new PythonTypeError(`${this.#source} needs a key, as in ${this.#source}.system.name`)
    if (!this.#known.has(this.#path)) throw new MissingKeyError(this.#source, this.#path)
    return this.#known.get(this.#path)
  }
}

/** What a filter or an operator works on: the value of a look-up, the text of markup, everything else itself. */
export function valueOf(value: unknown): unknown {
  if (!(value instanceof PyObject)) return value
  return value instanceof LookupNode ? value.value() : textOf(value)
}
