/**
 * The line and column, from 1, where the value at a path stands in a YAML text, for messages: keys and list entries are
 * looked for by their indentation. Where the way ends (a missing key, flow style), it is the last place that was found.
 */
export function placeInYaml(text: string, path: readonly (string | number)[]): { line: number; column: number } {
  const lines = text.split(/\r\n|\r|\n/)
  let place = { line: 1, column: 1 }
  let range = { from: 0, to: lines.length, indent: -1 }
  for (const step of path) {
    const found = typeof step === 'number' ? entryAt(lines, range, step) : keyAt(lines, range, step)
    if (found === null) break
    place = { line: found.line + 1, column: found.indent + 1 }
    range = { from: found.line, to: blockEnd(lines, found, range.to), indent: found.indent }
  }
  return place
}

interface Range {
  readonly from: number
  readonly to: number
  /** Columns before the parent's key; what belongs to it stands further right. */
  readonly indent: number
}

interface Found {
  readonly line: number
  readonly indent: number
}

/** The last of the keys that are equal, as that is the one that counts. */
function keyAt(lines: readonly string[], range: Range, key: string): Found | null {
  let childIndent: number | null = null
  let found: Found | null = null
  for (let line = range.from; line < range.to; line++) {
    const match = /^((?:\s*- )*\s*)(?:"([^"]*)"|'([^']*)'|([^\s#"'[{][^:#]*?))\s*:(?:\s|$)/.exec(lines[line] ?? '')
    if (match === null) continue
    const indent = (match[1] ?? '').length
    if (indent <= range.indent) continue
    childIndent ??= indent
    const name = match[2] ?? match[3] ?? match[4]
    if (indent === childIndent && name === key) found = { line, indent }
  }
  return found
}

function entryAt(lines: readonly string[], range: Range, index: number): Found | null {
  let entryIndent: number | null = null
  let count = 0
  for (let line = range.from; line < range.to; line++) {
    const match = /^(\s*)-(\s|$)/.exec(lines[line] ?? '')
    const indent = match?.[1]?.length
    if (indent === undefined || indent < range.indent) continue
    entryIndent ??= indent
    if (indent !== entryIndent) continue
    if (count === index) return { line, indent }
    count += 1
  }
  return null
}

function blockEnd(lines: readonly string[], start: Found, limit: number): number {
  for (let line = start.line + 1; line < limit; line++) {
    const text = lines[line] ?? ''
    if (/^\s*(#|$)/.test(text)) continue
    const indent = text.length - text.trimStart().length
    const isEntryOfStart = indent === start.indent && text.trimStart().startsWith('- ')
    if (indent <= start.indent && !isEntryOfStart) return line
  }
  return limit
}
