import { type Dict, dictFrom, entriesOf, isDict } from '@st2/python-values'

/**
 * What publishing a mapping does to the value a variable has: keys are merged into a mapping, anything else is replaced. Any
 * other value replaces as it is and needs no patch. Patches can be put together before they are applied, so a branch of a
 * workflow is known by its patches alone.
 */
export class MappingPatch {
  /** The value before does not count: something that is no mapping was there in between. */
  readonly replaces: boolean
  /** Values to set; a mapping or a patch in there is merged again. */
  readonly #plain: Dict | null
  #entries: ReadonlyMap<unknown, unknown> | null
  #last: { before: unknown; after: unknown } | null = null

  private constructor(entries: ReadonlyMap<unknown, unknown> | null, replaces: boolean, plain: Dict | null) {
    this.#entries = entries
    this.replaces = replaces
    this.#plain = plain
  }

  static of(dict: Dict): MappingPatch {
    return new MappingPatch(null, false, dict)
  }

  /** Read from the mapping when it is first merged with another. */
  #all(): ReadonlyMap<unknown, unknown> {
    this.#entries ??= new Map(this.#plain === null ? [] : entriesOf(this.#plain))
    return this.#entries
  }

  /** This patch and then another. */
  followedBy(later: MappingPatch): MappingPatch {
    if (later.replaces) return later
    const entries = new Map(this.#all())
    for (const [key, value] of later.#all()) entries.set(key, entries.has(key) ? both(entries.get(key), value) : value)
    return new MappingPatch(entries, this.replaces, null)
  }

  /** This patch where something that is no mapping was before. */
  asReplacement(): MappingPatch {
    return this.replaces ? this : new MappingPatch(this.#entries, true, this.#plain)
  }

  /** The mapping after the patch. The value before stays as it is. */
  applyTo(before: unknown): unknown {
    if (this.#last === null || this.#last.before !== before) this.#last = { before, after: this.#apply(before) }
    return this.#last.after
  }

  #apply(before: unknown): unknown {
    const base = isDict(before) && !this.replaces ? new Map(entriesOf(before)) : null
    if (base === null && this.#plain !== null) return this.#plain
    const result = base ?? new Map<unknown, unknown>()
    for (const [key, change] of this.#all()) result.set(key, applied(result.get(key), change))
    return dictFrom(result)
  }
}

/** What two changes of a value come to. A change is a `MappingPatch` or a value that is no mapping. */
export function both(earlier: unknown, later: unknown): unknown {
  const patch = asPatch(later)
  if (patch === null || earlier === later) return later
  const first = asPatch(earlier)
  return first === null ? patch.asReplacement() : first.followedBy(patch)
}

/** The value after a change. */
export function applied(before: unknown, change: unknown): unknown {
  const patch = asPatch(change)
  return patch === null ? change : patch.applyTo(before)
}

/** null for what replaces. */
export function asPatch(change: unknown): MappingPatch | null {
  if (change instanceof MappingPatch) return change
  return isDict(change) ? MappingPatch.of(change) : null
}
