import { PyObject, PythonTypeError } from '@st2/python-values'
import { hashKey, type Hashed, part } from './hash.ts'
import { charge } from './meter.ts'

/** A frozen set. Its members stand in the order they came in, which is nobody's business. */
export class YaqlSet extends PyObject implements Hashed {
  readonly pyType = 'frozenset'
  readonly #members = new Map<unknown, unknown>()

  /** @throws PythonTypeError when a member is unhashable */
  constructor(members: Iterable<unknown> = []) {
    super()
    for (const member of members) {
      charge(1)
      const key = hashKey(member)
      if (!this.#members.has(key)) this.#members.set(key, member)
    }
  }

  get size(): number {
    return this.#members.size
  }

  has(value: unknown): boolean {
    return this.#members.has(hashKey(value))
  }

  values(): Iterable<unknown> {
    return this.#members.values()
  }

  pyRepr(): string {
    throw new PythonTypeError('a set is shown by textOf')
  }

  hashText(): string {
    return `\0f{${Array.from(this.values(), part).sort().join()}}`
  }
}
