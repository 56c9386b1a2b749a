import type { YamlNode, YamlScalar, YamlSpan } from '@st2/yaml'
import type { TextLines } from '../text/text-lines.ts'
import { entriesOf } from './same-value.ts'

/** `[x, y]` in a comment: the position of the task below it, whatever the comment's own indentation. */
export const COORDINATES = /\[\s*(-?\d+)\s*,\s*(-?\d+)\s*\]/

/** Whether only blanks stand before an offset on its line. */
export function isFirstOnLine(lines: TextLines, offset: number): boolean {
  const start = lines.start(lines.lineAt(offset))
  return /^[ \t\uFEFF]*$/.test(lines.text.slice(start, offset))
}

export function columnAt(lines: TextLines, offset: number): number {
  const start = lines.start(lines.lineAt(offset))
  return offset - start - (lines.text.startsWith('\uFEFF', start) ? 1 : 0)
}

/**
 * The first line of a pair or an entry of a list that begins its line: that of the comments directly above it. Comments that stand
 * deeper belong to what is before, unless they hold a position.
 *
 * @param previousEnd what is before ends here; null for the first in its collection
 */
export function firstLine(lines: TextLines, part: YamlSpan, previousEnd: number | null): number {
  const column = columnAt(lines, part.start)
  const limit = previousEnd === null ? -1 : lines.lineAt(previousEnd)
  let line = lines.lineAt(part.start)
  while (line - 1 > limit && isOwnComment(lines.content(line - 1), column, previousEnd === null)) line--
  return line
}

function isOwnComment(content: string, column: number, isFirst: boolean): boolean {
  const indent = content.search(/\S/)
  if (content[indent] !== '#') return false
  return isFirst || indent <= column || COORDINATES.test(content)
}

/**
 * The last line of a pair or an entry of a list in block style: comments below it that stand deeper than itself belong to it.
 *
 * @param nextStart what comes after begins here; null for the last in its collection
 */
export function lastLine(lines: TextLines, part: YamlSpan, nextStart: number | null): number {
  const column = columnAt(lines, part.start)
  const limit = nextStart === null ? lines.count : lines.lineAt(nextStart)
  let last = lines.lineAt(part.end)
  for (let line = last + 1; line < limit; line++) {
    const content = lines.content(line)
    const indent = content.search(/\S/)
    if (indent === -1) continue
    if (content[indent] !== '#' || indent <= column || COORDINATES.test(content)) break
    last = line
  }
  return last
}

/** Whether empty lines after a node are part of it: its last scalar is a block scalar that keeps them. */
export function keepsEmptyLines(source: string, node: YamlNode): boolean {
  const scalar = lastBlockScalar(node)
  return scalar !== null && /^[|>][0-9]?\+/.test(source.slice(scalar.contentStart, scalar.contentStart + 3))
}

/** The block scalar that a node ends with: the line end behind it is part of what it says. */
export function lastBlockScalar(node: YamlNode | undefined): YamlScalar | null {
  if (node?.kind === 'map' && !node.isFlow) return lastBlockScalar(node.pairs.at(-1)?.value)
  if (node?.kind === 'seq' && !node.isFlow) return lastBlockScalar(node.items.at(-1)?.value)
  return node?.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded') ? node : null
}

/** Whether a value ends with a text whose line ends count, which may be written as a block scalar. */
export function endsWithLines(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\n')
  if (Array.isArray(value)) return endsWithLines(value.at(-1))
  const entries = entriesOf(value)
  return entries !== null && endsWithLines([...entries.values()].at(-1))
}
