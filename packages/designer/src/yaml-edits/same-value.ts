/** Whether two values of JSON are the same; the order of keys does not count. A Map is the same as the object it describes. */
export function isSameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left === 'number' && typeof right === 'number') return Number.isNaN(left) && Number.isNaN(right)
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
    return left.every((item: unknown, index) => isSameValue(item, right[index]))
  }
  const [leftEntries, rightEntries] = [entriesOf(left), entriesOf(right)]
  if (leftEntries === null || rightEntries === null || leftEntries.size !== rightEntries.size) return false
  return [...leftEntries].every(([name, value]) => rightEntries.has(name) && isSameValue(value, rightEntries.get(name)))
}

/** null for what is no mapping. */
export function entriesOf(value: unknown): Map<string, unknown> | null {
  if (value instanceof Map) return new Map([...value].map(([name, inner]: [unknown, unknown]) => [String(name), inner]))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return new Map(Object.entries(value))
}
