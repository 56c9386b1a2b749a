import { toJsonText } from '@st2/orquesta'

/** What was left out because all of it together was too large. */
export interface Omission {
  /** Where it would stand: `contexts.3`, `output`. */
  readonly place: string
  /** Bytes. */
  readonly size: number
  /** Of the variables that would stand there. */
  readonly names: readonly string[]
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
  const left = new Set<string>()
  for (const one of sizes.toSorted((a, b) => b.size - a.size)) {
    if (total <= maxSize) break
    left.add(one.place)
    total -= one.size
  }
  const kept = new Map<string, unknown>(
    texts.map(({ place, text }) => [place, left.has(place) ? null : JSON.parse(text)]),
  )
  const omitted = sizes.filter(({ place }) => left.has(place))
  return { kept, omitted: omitted.map((one) => ({ ...one, names: namesIn(values.get(one.place)) })) }
}

function namesIn(value: unknown): string[] {
  if (value instanceof Map) return [...value.keys()].map(String)
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
