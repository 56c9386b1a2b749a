/**
 * Changes of objects that can be taken back: an event is decided completely or not at all. Outside of `attempt` nothing is
 * written down.
 */
export class UndoLog {
  #undo: (() => void)[] | null = null

  /** Runs a decision; when it throws, all that it changed is as it was before. */
  attempt<T>(decide: () => T): T {
    if (this.#undo !== null) return decide()
    const undo: (() => void)[] = []
    this.#undo = undo
    try {
      return decide()
    } catch (error) {
      for (const back of undo.reverse()) back()
      throw error
    } finally {
      this.#undo = null
    }
  }

  set<T extends object, K extends keyof T>(target: T, key: K, value: T[K]): void {
    if (this.#undo !== null) {
      const had = Object.hasOwn(target, key)
      const old = target[key]
      this.#undo.push(() => {
        if (had) target[key] = old
        else delete target[key]
      })
    }
    target[key] = value
  }

  remove<T extends object>(target: T, key: keyof T): void {
    if (!Object.hasOwn(target, key)) return
    const old = target[key]
    this.#undo?.push(() => {
      target[key] = old
    })
    delete target[key]
  }

  push<T>(list: T[], item: T): void {
    this.#undo?.push(() => list.pop())
    list.push(item)
  }

  put<K, V>(map: Map<K, V>, key: K, value: V): void {
    if (this.#undo !== null) {
      const had = map.has(key)
      const old = map.get(key)
      this.#undo.push(() => {
        if (had && old !== undefined) map.set(key, old)
        else map.delete(key)
      })
    }
    map.set(key, value)
  }

  /** For what the other methods do not cover. */
  also(back: () => void): void {
    this.#undo?.push(back)
  }
}
