import { displayText, isEmpty } from './display-text.ts'
import { type Fields, fieldsOf, isAll, isFields } from './fields.ts'
import { type Column, formatGrid } from './grid.ts'

/** Changes a cell's value before it is shown. */
export type Transforms = Readonly<Record<string, (value: unknown) => unknown>>

export interface ListTableOptions {
  readonly attributes: readonly string[]
  /** One for all columns or one per column. */
  readonly widths?: readonly number[] | undefined
  /** Cells of the terminal. */
  readonly columns: number
  readonly transforms?: Transforms | undefined
}

/** So wide that an id does not wrap. */
const MIN_ID_WIDTH = 26
const STATUS_WIDTH = 24
const MIN_WIDTH = 5
/** When the number of widths fits no columns. */
const FALLBACK_WIDTH = 28

/** @source cli.md 4 */
export function formatList(documents: readonly object[], options: ListTableOptions): string {
  const rows = documents.map(fieldsOf)
  const widths = options.widths?.length ? options.widths : terminalWidths(rows, options)
  const attributes = isAll(options.attributes) ? allAttributes(rows) : options.attributes
  const columns = attributes.map(
    (title, index): Column => ({ title, maxWidth: widthOf(widths, attributes.length, index) }),
  )
  return formatGrid(
    columns,
    rows.map((row) => attributes.map((attribute) => cellText(row, attribute, options.transforms ?? {}))),
  )
}

function terminalWidths(rows: readonly Fields[], { attributes, columns }: ListTableOptions): number[] {
  const idWidth = attributes[0] === 'id' ? Math.max(MIN_ID_WIDTH, ...rows.map((row) => String(row['id']).length)) : null
  const even = Math.floor((columns - (idWidth ?? 0)) / attributes.length)
  let excess = 0
  return attributes.map((attribute, index) => {
    if (index === 0) return idWidth ?? even
    if (attribute === 'status') {
      excess += STATUS_WIDTH - even
      return STATUS_WIDTH
    }
    const isLast = index === attributes.length - 1
    return isLast && excess !== 0 ? Math.max(MIN_WIDTH, even - excess) : even
  })
}

function widthOf(widths: readonly number[], count: number, index: number): number {
  const width = widths.length === count ? widths[index] : widths.length === 1 ? widths[0] : undefined
  return width ?? FALLBACK_WIDTH
}

function allAttributes(rows: readonly Fields[]): string[] {
  return Object.keys(rows[0] ?? {})
    .filter((name) => !name.startsWith('_'))
    .sort()
}

function cellText(row: Fields, attribute: string, transforms: Transforms): string {
  if (attribute.includes('.')) return displayText(nestedValue(row, attribute))
  const value = listText(row[attribute] === undefined ? '' : row[attribute])
  return displayText((transforms[attribute] ?? ((same: unknown) => same))(value))
}

/** A list of texts reads `a, b`. */
function listText(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  if (value.length === 0) return ''
  return value.every((item) => typeof item === 'string') ? value.join(', ') : value
}

function nestedValue(row: Fields, attribute: string): unknown {
  const [name = '', ...rest] = attribute.split('.')
  return rest.reduce<unknown>((value, key) => {
    if (!isFields(value)) return typeof value === 'string' ? value : ''
    return isEmpty(value[key]) ? '' : value[key]
  }, row[name] ?? {})
}
