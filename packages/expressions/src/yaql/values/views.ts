/** What `keys()`, `values()` and `items()` give. Upstream's classes differ for frozen and other dicts, and show it in texts. */
import { PyObject, PythonTypeError } from '@st2/python-values'
import { entriesOfMapping, type Mapping, sizeOfMapping, valueAt, YaqlDict } from './dict.ts'

abstract class DictView extends PyObject {
  readonly mapping: Mapping

  constructor(mapping: Mapping) {
    super()
    this.mapping = mapping
  }

  get size(): number {
    return sizeOfMapping(this.mapping)
  }

  get ofFrozen(): boolean {
    return !(this.mapping instanceof YaqlDict) || this.mapping.pyType === 'FrozenDict'
  }

  pyRepr(): string {
    throw new PythonTypeError('a view is shown by textOf')
  }
}

/** Half a set: it is compared like one, but can be no member and has no methods of sets. */
abstract class SetView extends DictView {
  override pyRequireHashable(): void {
    throw new PythonTypeError(`unhashable type: '${this.pyType}'`)
  }
}

export class KeysView extends SetView {
  get pyType(): string {
    return this.ofFrozen ? 'KeysView' : 'dict_keys'
  }

  values(): Iterable<unknown> {
    return Array.from(entriesOfMapping(this.mapping), ([key]) => key)
  }

  has(key: unknown): boolean {
    return valueAt(this.mapping, key) !== undefined
  }
}

export class ItemsView extends SetView {
  get pyType(): string {
    return this.ofFrozen ? 'ItemsView' : 'dict_items'
  }

  values(): Iterable<unknown[]> {
    return Array.from(entriesOfMapping(this.mapping), ([key, value]) => [key, value])
  }
}

export class ValuesView extends DictView {
  get pyType(): string {
    return this.ofFrozen ? 'ValuesView' : 'dict_values'
  }

  values(): Iterable<unknown> {
    return Array.from(entriesOfMapping(this.mapping), ([, value]) => value)
  }
}
