import { PyObject, repr, typeName } from '@st2/python-values'
import { GroupTuple } from './group.ts'
import { AttributeObject, Markup } from './objects.ts'
import { SecurityError, type TemplateRuntimeError, UndefinedError } from './errors.ts'

/** Strict names fail when printed, compared or walked; lenient ones are an empty text and an empty list. */
export type UndefinedMode = 'strict' | 'lenient'

interface Reason {
  message: string
  /** The sandbox refused the attribute. */
  isUnsafe?: boolean
}

/** The value of a name, an attribute or an element that does not exist. @source jinja2: runtime.py Undefined, StrictUndefined */
export class Undefined extends PyObject {
  /** Where upstream's class lives. */
  readonly pyModule = 'jinja2.runtime.'
  readonly mode: UndefinedMode
  readonly #reason: Reason

  constructor(mode: UndefinedMode, reason: Reason) {
    super()
    this.mode = mode
    this.#reason = reason
  }

  get pyType(): string {
    return this.mode === 'strict' ? 'StrictUndefined' : 'Undefined'
  }

  /** The error that any real use of this value is. */
  error(): TemplateRuntimeError {
    const { message, isUnsafe } = this.#reason
    return isUnsafe === true ? new SecurityError(message) : new UndefinedError(message)
  }

  /** Fails in strict mode only. */
  requireLenient(): void {
    if (this.mode === 'strict') throw this.error()
  }

  pyRepr(): string {
    return 'Undefined'
  }

  override pyStr(): string {
    this.requireLenient()
    return ''
  }

  override pyTruth(): boolean {
    this.requireLenient()
    return false
  }

  override pyRequireHashable(): void {
    this.requireLenient()
  }

  override get pyHasElements(): boolean {
    return true
  }

  override pyRequireNumber(): void {
    throw this.error()
  }

  override pyEquals(other: unknown): boolean {
    this.requireLenient()
    return other instanceof Undefined && other.mode === this.mode
  }
}

export function undefinedName(name: string, mode: UndefinedMode): Undefined {
  return new Undefined(mode, { message: `${repr(name)} is undefined` })
}

/** @source jinja2: runtime.py Undefined._undefined_message */
export function undefinedMember(owner: unknown, key: unknown, mode: UndefinedMode): Undefined {
  const kind = ownerName(owner)
  if (typeof key !== 'string' && !(key instanceof Markup))
    return new Undefined(mode, { message: `${kind} has no element ${repr(key)}` })
  return new Undefined(mode, { message: `${repr(kind)} has no attribute ${repr(key)}` })
}

/** @source jinja2: sandbox.py unsafe_undefined */
export function unsafeMember(owner: unknown, name: string, mode: UndefinedMode): Undefined {
  const message = `access to attribute ${repr(name)} of ${repr(typeName(owner))} object is unsafe.`
  return new Undefined(mode, { message, isUnsafe: true })
}

function ownerName(owner: unknown): string {
  if (owner === null || owner === undefined) return 'None'
  const module = owner instanceof AttributeObject || owner instanceof GroupTuple ? owner.pyModule : ''
  return `${module}${typeName(owner)} object`
}

/** Ends the evaluation when the value does not exist, whatever the mode. */
export function requireDefined(value: unknown): void {
  if (value instanceof Undefined) throw value.error()
}
