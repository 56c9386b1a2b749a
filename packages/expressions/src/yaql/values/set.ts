import { PyObject, PythonTypeError } from '@st2/python-values'
import { hashKey, type Hashed, part } from './hash.ts'
import { charge } from './meter.ts'
import { SetTable } from './set-order.ts'

/** Fills the table of a set, in the way Python would. */
export type Filling = (table: SetTable) => void

/** A frozen set, walked in Python's order where that is a fixed one. */
export class YaqlSet extends PyObject implements Hashed {
  readonly pyType = 'frozenset'
  readonly #members = new Map<unknown, unknown>()
  readonly #filling: Filling | null
  #table: SetTable | null = null
  #ordered: readonly unknown[] | null = null

  /**
   * @param filling how the table came about, where the members were not just put in one after the other
   * @throws PythonTypeError when a member is unhashable
   */
  constructor(members: Iterable<unknown> = [], filling: Filling | null = null) {
    super()
    for (const member of members) {
      charge(1)
      const key = hashKey(member)
      if (!this.#members.has(key)) this.#members.set(key, member)
    }
    this.#filling = filling
  }

  /** Python's table of this set, made when somebody asks for the order. */
  get table(): SetTable {
    this.#table ??= this.#fill()
    return this.#table
  }

  #fill(): SetTable {
    const table = new SetTable()
    charge(this.#members.size)
    if (this.#filling !== null) this.#filling(table)
    else for (const member of this.#members.values()) table.add(member)
    return table
  }

  get size(): number {
    return this.#members.size
  }

  has(value: unknown): boolean {
    return this.#members.has(hashKey(value))
  }

  values(): Iterable<unknown> {
    this.#ordered ??= this.table.isFixed ? this.table.members() : [...this.#members.values()]
    return this.#ordered
  }

  pyRepr(): string {
    throw new PythonTypeError('a set is shown by textOf')
  }

  hashText(): string {
    return `\0f{${Array.from(this.values(), part).sort().join()}}`
  }
}
