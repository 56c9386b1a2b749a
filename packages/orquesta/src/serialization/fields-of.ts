import { type Dict, entriesOf, getKey, isDict, isInt, PythonValueError, typeName } from '@st2/python-values'
import { isStatus, type Status } from '../machines/statuses.ts'

/** Reads a part of a serialised form; each mistake names the field. */
export class FieldsOf {
  readonly #dict: Dict
  readonly #path: string

  constructor(value: unknown, path: string) {
    if (!isDict(value)) throw new PythonValueError(`${path}: a mapping was expected, not ${typeName(value)}`)
    this.#dict = value
    this.#path = path
  }

  #at(name: string): string {
    return `${this.#path}.${name}`
  }

  value(name: string): unknown {
    return getKey(this.#dict, name)
  }

  text(name: string): string {
    const value = this.value(name)
    if (typeof value === 'string') return value
    throw new PythonValueError(`${this.#at(name)}: a text was expected, not ${typeName(value)}`)
  }

  integer(name: string): number {
    return integerAt(this.value(name), this.#at(name))
  }

  /** null where there is none. */
  optionalInteger(name: string): number | null {
    return (this.value(name) ?? null) === null ? null : this.integer(name)
  }

  isTrue(name: string): boolean {
    return this.value(name) === true
  }

  status(name: string): Status {
    const value = this.value(name)
    if (isStatus(value)) return value
    throw new PythonValueError(`${this.#at(name)}: a status was expected`)
  }

  dict(name: string): Dict {
    const value = this.value(name) ?? {}
    if (isDict(value)) return value
    throw new PythonValueError(`${this.#at(name)}: a mapping was expected, not ${typeName(value)}`)
  }

  list(name: string): unknown[] {
    const value = this.value(name) ?? []
    if (Array.isArray(value)) return value
    throw new PythonValueError(`${this.#at(name)}: a list was expected, not ${typeName(value)}`)
  }

  /** A list of mappings. */
  rows(name: string): FieldsOf[] {
    return this.list(name).map((row, at) => new FieldsOf(row, `${this.#at(name)}[${at}]`))
  }

  integers(name: string): number[] {
    return this.list(name).map((item, at) => integerAt(item, `${this.#at(name)}[${at}]`))
  }

  /** A mapping to integers. */
  numbers(name: string): Record<string, number> {
    const entries = entriesOf(this.dict(name))
    return Object.fromEntries(
      entries.map(([key, value]) => [String(key), integerAt(value, this.#at(`${name}.${key}`))]),
    )
  }

  booleans(name: string): Record<string, boolean> {
    return Object.fromEntries(entriesOf(this.dict(name)).map(([key, value]) => [String(key), value === true]))
  }
}

function integerAt(value: unknown, path: string): number {
  if (isInt(value)) return Number(value)
  throw new PythonValueError(`${path}: an integer was expected, not ${typeName(value)}`)
}
