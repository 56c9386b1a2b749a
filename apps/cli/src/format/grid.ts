import { textWidth } from './text-width.ts'
import { wrapText } from './wrap-text.ts'

export interface Column {
  readonly title: string
  /** Cells beyond which a value is wrapped; a longer title is not. */
  readonly maxWidth: number
}

/** A bordered table: values at the left and top, one blank at each side. */
export function formatGrid(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((value) => value.split('\n')))
  const widths = columns.map((column, index) =>
    columnWidth(
      column,
      cells.map((row) => row[index] ?? ['']),
    ),
  )
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`
  const titles = line(
    columns.map((column) => column.title),
    widths,
  )
  const body = cells.flatMap((row) => rowLines(row, widths))
  return [rule, titles, rule, ...body, rule].join('\n')
}

/** Cells between the outer edges of the table, borders included. */
export function gridWidth(grid: string): number {
  return textWidth(grid.slice(0, grid.indexOf('\n')))
}

function columnWidth(column: Column, values: readonly (readonly string[])[]): number {
  const longest = values.reduce((widest, lines) => Math.max(widest, ...lines.map(textWidth)), 0)
  return Math.max(textWidth(column.title), Math.min(longest, column.maxWidth))
}

function rowLines(row: readonly (readonly string[])[], widths: readonly number[]): string[] {
  const wrapped = row.map((lines, index) => lines.flatMap((text) => wrapCell(text, widths[index] ?? 0)))
  const height = Math.max(1, ...wrapped.map((lines) => lines.length))
  return Array.from({ length: height }, (_, at) =>
    line(
      wrapped.map((lines) => lines[at] ?? ''),
      widths,
    ),
  )
}

function wrapCell(text: string, width: number): string[] {
  return textWidth(text) > width ? wrapText(text, width) : [text]
}

function line(values: readonly string[], widths: readonly number[]): string {
  const padded = values.map(
    (value, index) => ` ${value}${' '.repeat(Math.max(0, (widths[index] ?? 0) - textWidth(value)))} `,
  )
  return `|${padded.join('|')}|`
}
