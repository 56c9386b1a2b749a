/** Values that one condition of the store takes. */
const MAX_VALUES = 1000

/** Asks for many in as few questions as the store allows; each distinct value once. */
export async function inBatches<V, T>(
  values: readonly V[],
  ask: (batch: readonly V[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const distinct = [...new Set(values)]
  const found: T[] = []
  for (let from = 0; from < distinct.length; from += MAX_VALUES) {
    found.push(...(await ask(distinct.slice(from, from + MAX_VALUES))))
  }
  return found
}
