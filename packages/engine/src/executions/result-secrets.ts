import { MASK } from '@st2/model'

/** A part of a result that nobody may see: the steps to it, what stands there, and of a text that is shown in part what is not. */
export type SecretPart = readonly [path: readonly (string | number)[], value: unknown, hidden?: readonly string[]]

/** What stands in the result and not in what of it may be shown. Both have the same shape, but for what is hidden. */
export function secretParts(result: unknown, shown: unknown, path: readonly (string | number)[] = []): SecretPart[] {
  if (result === shown) return []
  if (Array.isArray(result) && Array.isArray(shown) && result.length === shown.length) {
    return result.flatMap((item, at) => secretParts(item, shown[at], [...path, at]))
  }
  if (typeof result === 'string' && typeof shown === 'string' && shown !== MASK) {
    return [[path, result, hiddenPieces(result, shown)]]
  }
  if (!isRecord(result) || !isRecord(shown) || !sameKeys(result, shown)) return [[path, result]]
  return Object.keys(result).flatMap((key) => secretParts(result[key], shown[key], [...path, key]))
}

/** The result as it was. */
export function withSecretParts(shown: unknown, parts: readonly SecretPart[]): unknown {
  return parts.reduce((whole, [path, value]) => replaced(whole, path, value), shown)
}

function replaced(whole: unknown, [step, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(whole)) return whole.map((item: unknown, at) => (at === step ? replaced(item, rest, value) : item))
  if (!isRecord(whole)) return whole
  return Object.fromEntries(
    Object.entries(whole).map(([key, inner]) => [key, key === step ? replaced(inner, rest, value) : inner]),
  )
}

/** What stands in a text where its masked form has asterisks. */
function hiddenPieces(text: string, shown: string): string[] {
  const [first = '', ...others] = shown.split(MASK)
  let from = first.length
  return others.map((after, at) => {
    const isLast = at === others.length - 1
    const to = isLast ? text.length - after.length : text.indexOf(after, from)
    const piece = text.slice(from, to)
    from = to + after.length
    return piece
  })
}

function sameKeys(left: Record<string, unknown>, right: Record<string, unknown>): boolean {
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
