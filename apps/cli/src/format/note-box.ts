import { gridWidth } from './grid.ts'

/** The boxed line under a list that was cut: as wide as the list. */
export function moreResultsNote(limit: number, singular: string, plural: string, grid: string): string {
  const message =
    limit === 1
      ? `Note: Only one ${singular} is displayed. Use -n/--last flag for more results.`
      : `Note: Only first ${limit} ${plural} are displayed. Use -n/--last flag for more results.`
  const width = Math.max(message.length + 2, gridWidth(grid) - 2)
  const rule = `+${'-'.repeat(width)}+`
  return `${rule}\n| ${message.padEnd(width - 1)}|\n${rule}\n`
}
