/** Changes of a lazy collection by position. */

export interface Range {
  at: number
  /** Negative: to the end. */
  count: number
}

function isInside({ at, count }: Range, index: number): boolean {
  return index >= at && (count < 0 || index < at + count)
}

export function* deleted(elements: Iterable<unknown>, range: Range): Generator<unknown, undefined> {
  let index = 0
  for (const element of elements) if (!isInside(range, index++)) yield element
  return undefined
}

export function* replaced(
  elements: Iterable<unknown>,
  range: Range,
  values: () => Iterable<unknown>,
): Generator<unknown, undefined> {
  let index = 0
  let isDone = false
  for (const element of elements) {
    if (!isInside(range, index++)) {
      yield element
    } else if (!isDone) {
      isDone = true
      yield* values()
    }
  }
  return undefined
}

/** NOTE: with a negative position upstream loses the value. */
export function* insertedLazily(
  elements: Iterable<unknown>,
  at: number,
  value: unknown,
): Generator<unknown, undefined> {
  let index = -1
  for (const element of elements) {
    if (++index === at) yield value
    yield element
  }
  if (at > index) yield value
  return undefined
}

export function* insertedMany(
  elements: Iterable<unknown>,
  at: number,
  values: () => Iterable<unknown>,
): Generator<unknown, undefined> {
  if (at < 0) yield* values()
  let index = -1
  for (const element of elements) {
    if (++index === at) yield* values()
    yield element
  }
  if (at > index) yield* values()
  return undefined
}
