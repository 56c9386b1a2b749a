export interface HeapItem {
  /** ms since epoch. */
  readonly dueAt: number
}

/** Items by when they are due: the earliest is at hand, whatever their number. */
export class TimerHeap<T extends HeapItem> {
  #items: T[] = []

  get size(): number {
    return this.#items.length
  }

  peek(): T | undefined {
    return this.#items[0]
  }

  push(item: T): void {
    const items = this.#items
    let at = items.length
    items.push(item)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = items[above]
      if (parent === undefined || parent.dueAt <= item.dueAt) break
      items[at] = parent
      at = above
    }
    items[at] = item
  }

  pop(): T | undefined {
    const first = this.#items[0]
    const last = this.#items.pop()
    if (last !== undefined && this.#items.length > 0) this.#sink(last)
    return first
  }

  /** Leaves out what does not fit. */
  keep(fits: (item: T) => boolean): void {
    const kept = this.#items.filter(fits)
    this.#items = []
    for (const item of kept) this.push(item)
  }

  #sink(item: T): void {
    const items = this.#items
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      const [left, right] = [items[below], items[below + 1]]
      if (left === undefined) break
      if (right !== undefined && right.dueAt < left.dueAt) below += 1
      const child = items[below]
      if (child === undefined || child.dueAt >= item.dueAt) break
      items[at] = child
      at = below
    }
    items[at] = item
  }
}
