import { str } from '@st2/python-values'

/** Results are stored with some characters escaped twice; shown they stand for themselves. */
export function unescapeDisplay(text: string): string {
  return text.replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\"', '"')
}

function withoutCarriageReturns(text: string): string {
  return text.replaceAll('\\r', '').replaceAll('\r', '')
}

/** One value as a cell or a line shows it: Python's text of it, escapes resolved. */
export function displayText(value: unknown): string {
  return typeof value === 'string' ? withoutCarriageReturns(unescapeDisplay(value)) : str(value)
}

/** Nothing to show: null, and lists and objects without entries. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (Array.isArray(value)) return value.length === 0
  return (
    typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === 0
  )
}
