import { dumpsJson, entriesOf, isDict, parseJson } from '@st2/python-values'

/** A value as JSON text that keeps 2.0 a float. What JSON has no number for becomes text. */
export function toJsonText(value: unknown): string {
  const text = dumpsJson(value, { separators: [',', ':'], ensureAscii: false })
  return /\b(?:NaN|Infinity)\b/.test(text)
    ? dumpsJson(finite(value), { separators: [',', ':'], ensureAscii: false })
    : text
}

export function fromJsonText(text: string): unknown {
  return parseJson(text)
}

function finite(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (Array.isArray(value)) return value.map(finite)
  return isDict(value) ? new Map(entriesOf(value).map(([key, inner]) => [key, finite(inner)])) : value
}
