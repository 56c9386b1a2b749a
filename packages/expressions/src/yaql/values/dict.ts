import { entriesOf, isPlainObject, PyObject, PythonTypeError, sizeOf } from '@st2/python-values'
import { dictKey, hashKey, type Hashed } from './hash.ts'
import { charge } from './meter.ts'

/** A dict made by an expression: frozen ones can be keys, those that upstream makes as plain Python dicts cannot. */
export class YaqlDict extends PyObject implements Hashed {
  readonly pyType: 'FrozenDict' | 'dict'
  readonly #entries = new Map<unknown, readonly [unknown, unknown]>()

  /** @throws PythonTypeError when a key is unhashable */
  constructor(pyType: 'FrozenDict' | 'dict', entries: Iterable<readonly [unknown, unknown]> = []) {
    super()
    this.pyType = pyType
    for (const [key, value] of entries) this.set(key, value)
  }

  get size(): number {
    return this.#entries.size
  }

  /** Only while it is being made: nobody else has seen it yet. The first of equal keys stays. */
  set(key: unknown, value: unknown): void {
    charge(1)
    const hash = hashKey(key)
    this.#entries.set(hash, [this.#entries.get(hash)?.[0] ?? key, value])
  }

  get(key: unknown): unknown {
    const entry = this.#entries.get(hashKey(key))
    return entry === undefined ? undefined : entry[1]
  }

  has(key: unknown): boolean {
    return this.#entries.has(hashKey(key))
  }

  entries(): Iterable<readonly [unknown, unknown]> {
    return this.#entries.values()
  }

  pyRepr(): string {
    throw new PythonTypeError('a dict is shown by textOf')
  }

  hashText(): string {
    if (this.pyType === 'dict') throw new PythonTypeError("unhashable type: 'dict'")
    return dictKey(this.entries())
  }
}

export type Mapping = YaqlDict | Map<unknown, unknown> | Record<string, unknown>

export function entriesOfMapping(mapping: Mapping): Iterable<readonly [unknown, unknown]> {
  if (mapping instanceof YaqlDict) return mapping.entries()
  const entries = entriesOf(mapping)
  charge(entries.length >> 3)
  return entries
}

export function sizeOfMapping(mapping: Mapping): number {
  if (mapping instanceof YaqlDict) return mapping.size
  const size = sizeOf(mapping)
  charge(size >> 4)
  return size
}

/** The value under a key, `undefined` when there is none. @throws PythonTypeError when the key is unhashable */
export function valueAt(mapping: Mapping, key: unknown): unknown {
  if (mapping instanceof YaqlDict) return mapping.get(key)
  if (isPlainObject(mapping)) {
    if (typeof key !== 'string') return void hashKey(key)
    return Object.hasOwn(mapping, key) ? (mapping[key] ?? null) : undefined
  }
  if (typeof key === 'string') return mapping.has(key) ? (mapping.get(key) ?? null) : undefined
  charge(mapping.size >> 3)
  const hash = hashKey(key)
  for (const [stored, value] of mapping) if (hashKey(stored) === hash) return value ?? null
  return undefined
}
