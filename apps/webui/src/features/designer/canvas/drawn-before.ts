/** One thing to draw: all that it is made from, and how. */
interface Draft<T> {
  readonly id: string
  readonly parts: readonly unknown[]
  readonly make: () => T
}

/** Things as they were drawn before: what did not change keeps its identity, and so does the list of them. Then nothing is drawn. */
export class DrawnBefore<T> {
  #known = new Map<string, { readonly parts: readonly unknown[]; readonly thing: T }>()
  #list: T[] = []

  list(drafts: readonly Draft<T>[]): T[] {
    const known = new Map<string, { readonly parts: readonly unknown[]; readonly thing: T }>()
    const list = drafts.map(({ id, parts, make }) => {
      const before = this.#known.get(id)
      const isSame = before !== undefined && before.parts.every((part, index) => part === parts[index])
      const entry = isSame && before.parts.length === parts.length ? before : { parts, thing: make() }
      known.set(id, entry)
      return entry.thing
    })
    this.#known = known
    const isSameList = list.length === this.#list.length && list.every((thing, index) => thing === this.#list[index])
    if (!isSameList) this.#list = list
    return this.#list
  }
}
