import { countText } from './json-rows.ts'

export interface Column {
  readonly name: string
  /** Characters. */
  readonly width: number
}

/** More columns than a person reads; the row by itself shows the rest. */
const MAX_COLUMNS = 40
const MAX_WIDTH = 44
const MIN_WIDTH = 6
/** Characters of a cell; its row shows the rest. */
const MAX_TEXT = 300

/** The keys of the rows that are known, in the order in which they come, each as wide as what is in it. Pure. */
export function columnsOf(rows: readonly unknown[]): readonly Column[] {
  const widths = new Map<string, number>()
  for (const row of rows) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) continue
    for (const name of Object.keys(row)) {
      if (!widths.has(name) && widths.size >= MAX_COLUMNS) continue
      const needed = Math.max(name.length, cellText(row, name).text.length) + 3
      widths.set(name, Math.max(widths.get(name) ?? MIN_WIDTH, Math.min(MAX_WIDTH, needed)))
    }
  }
  return [...widths].map(([name, width]) => ({ name, width }))
}

export interface Cell {
  readonly text: string
  readonly kind: 'string' | 'number' | 'literal' | 'mark'
}

export function cellText(row: unknown, name: string): Cell {
  const value: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, name) : undefined
  if (value === undefined) return { text: '', kind: 'mark' }
  if (typeof value === 'string') return { text: value.slice(0, MAX_TEXT), kind: 'string' }
  if (typeof value === 'number') return { text: String(value), kind: 'number' }
  if (typeof value !== 'object' || value === null) return { text: String(value), kind: 'literal' }
  const isList = Array.isArray(value)
  return { text: countText(isList ? 'array' : 'object', Object.keys(value).length), kind: 'mark' }
}
