/** Iterators over numbers and over several collections at once. */
import { makeInt, type PyInt } from '@st2/python-values'
import type { Budget } from '../../limits.ts'
import { truthy } from '../values/equal.ts'

export function addInts(left: PyInt | boolean, right: number): PyInt {
  return makeInt(BigInt(left) + BigInt(right))
}

export function* rangeOf(start: bigint, stop: bigint, step: bigint): Generator<PyInt, undefined> {
  for (let at = start; step > 0n ? at < stop : at > stop; at += step) yield makeInt(at)
  return undefined
}

export function* count(start: bigint, step: bigint): Generator<PyInt, undefined> {
  for (let at = start; ; at += step) yield makeInt(at)
}

export function* cycled(elements: Iterable<unknown>, budget: Budget): Generator<unknown, undefined> {
  const seen: unknown[] = []
  for (const element of elements) {
    seen.push(element)
    yield element
  }
  while (seen.length > 0) {
    for (const element of seen) {
      budget.spend()
      yield element
    }
  }
  return undefined
}

export function* joined(
  left: Iterable<unknown>,
  right: () => Iterable<unknown>,
  holds: (left: unknown, right: unknown) => unknown,
  make: (left: unknown, right: unknown) => unknown,
): Generator<unknown, undefined> {
  for (const one of left) {
    for (const other of right()) if (truthy(holds(one, other))) yield make(one, other)
  }
  return undefined
}

export function* zipped(all: readonly Iterator<unknown>[]): Generator<unknown[], undefined> {
  while (all.length > 0) {
    const tuple: unknown[] = []
    for (const elements of all) {
      const step = elements.next()
      if (step.done === true) return undefined
      tuple.push(step.value)
    }
    yield tuple
  }
  return undefined
}

export function* zippedLongest(all: readonly Iterator<unknown>[], fill: unknown): Generator<unknown[], undefined> {
  const isDone = all.map(() => false)
  for (;;) {
    const tuple = all.map((elements, at) => {
      if (isDone[at] === true) return fill
      const step = elements.next()
      if (step.done !== true) return step.value
      isDone[at] = true
      return fill
    })
    if (isDone.every(Boolean)) return undefined
    yield tuple
  }
}

/** @param lengthOf asked when the first list is wanted; no lists at all when it is 0 */
export function* sliced(elements: Iterator<unknown>, lengthOf: () => number): Generator<unknown[], undefined> {
  const length = lengthOf()
  for (;;) {
    const chunk: unknown[] = []
    while (chunk.length < length) {
      const step = elements.next()
      if (step.done === true) break
      chunk.push(step.value)
    }
    if (chunk.length === 0) return undefined
    yield chunk
  }
}
