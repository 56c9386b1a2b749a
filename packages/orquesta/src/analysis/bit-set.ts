/** A set of small numbers of a fixed range: what makes unions over thousands of tasks cheap. */
export class BitSet {
  readonly #words: Uint32Array

  private constructor(words: Uint32Array) {
    this.#words = words
  }

  static empty(size: number): BitSet {
    return new BitSet(new Uint32Array(Math.ceil(size / 32)))
  }

  static full(size: number): BitSet {
    const set = BitSet.empty(size)
    for (let member = 0; member < size; member++) set.add(member)
    return set
  }

  copy(): BitSet {
    return new BitSet(this.#words.slice())
  }

  add(member: number): this {
    const word = member >>> 5
    this.#words[word] = (this.#words[word] ?? 0) | (1 << (member & 31))
    return this
  }

  has(member: number): boolean {
    return ((this.#words[member >>> 5] ?? 0) & (1 << (member & 31))) !== 0
  }

  /** Takes in all members of another; tells whether that changed anything. */
  unite(other: BitSet): boolean {
    return this.#combine(other, (own, theirs) => own | theirs)
  }

  /** Keeps what another has as well; tells whether that changed anything. */
  intersect(other: BitSet): boolean {
    return this.#combine(other, (own, theirs) => own & theirs)
  }

  equals(other: BitSet): boolean {
    return this.#words.every((word, at) => word === other.#words[at])
  }

  #combine(other: BitSet, combine: (own: number, theirs: number) => number): boolean {
    let hasChanged = false
    for (const [at, word] of this.#words.entries()) {
      const next = combine(word, other.#words[at] ?? 0) >>> 0
      if (next === word) continue
      this.#words[at] = next
      hasChanged = true
    }
    return hasChanged
  }
}
