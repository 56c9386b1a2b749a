/** A list that is no tuple: it equals none, and can be no key. Make one with `YaqlList.from(items)`. */
export class YaqlList<T = unknown> extends Array<T> {
  /** `map`, `slice` and the like of it give plain arrays. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }
}
