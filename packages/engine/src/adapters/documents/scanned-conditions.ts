import type { Condition } from '../../ports/store.ts'

export type PathCondition = Extract<Condition, { path: string }>
export type TextCondition = Extract<Condition, { paths: readonly string[] }>
/** No index answers these: documents are looked at, one after the other, up to a bound. */
export type ScannedCondition = PathCondition | TextCondition

type ValueAt = (document: object, path: string) => unknown

export function isScanned(condition: Condition): condition is ScannedCondition {
  return 'path' in condition || 'paths' in condition
}

export function fits(document: object, condition: ScannedCondition, valueAt: ValueAt): boolean {
  return 'path' in condition
    ? valueAt(document, condition.path) === condition.value
    : containsText(document, condition, valueAt)
}

/** Whether some text or number at a path, or anywhere below one, contains the value, whatever the case of letters. */
function containsText(document: object, { paths, value }: TextCondition, valueAt: ValueAt): boolean {
  const wanted = value.toLowerCase()
  const waiting = paths.map((path) => valueAt(document, path))
  for (let item = waiting.pop(); item !== undefined || waiting.length > 0; item = waiting.pop()) {
    if (typeof item === 'string' || typeof item === 'number') {
      if (String(item).toLowerCase().includes(wanted)) return true
    } else if (typeof item === 'object' && item !== null) for (const inner of Object.values(item)) waiting.push(inner)
  }
  return false
}
