import { toJsonText } from '@st2/orquesta'

/** What was left out because all of it together was too large. */
export interface Omission {
  /** Where it would stand: `contexts.3`, `output`. */
  readonly place: string
  /** Bytes. */
  readonly size: number
}

/**
 * Values of the workflow language as JSON has them, in their order; the largest are null instead when all of them have more than `maxSize` bytes
 * together.
 */
export function withinSize(
  values: ReadonlyMap<string, unknown>,
  maxSize: number,
): { readonly kept: ReadonlyMap<string, unknown>; readonly omitted: readonly Omission[] } {
  const texts = [...values].map(([place, value]) => ({ place, text: toJsonText(value) }))
  const sizes = texts.map(({ place, text }) => ({ place, size: Buffer.byteLength(text) }))
  let total = sizes.reduce((sum, { size }) => sum + size, 0)
  const omitted: Omission[] = []
  for (const one of sizes.toSorted((a, b) => b.size - a.size)) {
    if (total <= maxSize) break
    omitted.push(one)
    total -= one.size
  }
  const left = new Set(omitted.map(({ place }) => place))
  const kept = new Map<string, unknown>(
    texts.map(({ place, text }) => [place, left.has(place) ? null : JSON.parse(text)]),
  )
  return { kept, omitted: sizes.filter(({ place }) => left.has(place)) }
}
