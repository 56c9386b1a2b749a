/** Whether two JSON values are equal: the order of keys is free, true is not 1. */
export function agree(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, at) => agree(item, right[at]))
  }
  if (isRecord(left) && isRecord(right)) {
    const keys = Object.keys(left)
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && agree(left[key], right[key]))
    )
  }
  return left === right
}

/** Where two answers part first, in one line. */
export function firstDifference(expected: unknown, actual: unknown, path = ''): string | null {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const length = Math.max(expected.length, actual.length)
    for (let at = 0; at < length; at++) {
      const difference = firstDifference(expected[at], actual[at], `${path}[${at}]`)
      if (difference !== null) return difference
    }
    return null
  }
  if (isRecord(expected) && isRecord(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const difference = firstDifference(expected[key], actual[key], path === '' ? key : `${path}.${key}`)
      if (difference !== null) return difference
    }
    return null
  }
  return expected === actual ? null : `${path}: expected ${JSON.stringify(expected)}, was ${JSON.stringify(actual)}`
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
