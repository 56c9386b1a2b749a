import type { YamlLayout } from '@st2/yaml'
import { columnAt, firstLine, isFirstOnLine, lastLine } from './block-lines.ts'
import type { Part } from './remove-parts.ts'
import type { TreeDraft } from './tree-draft.ts'

/**
 * Puts a part into a collection that has others.
 *
 * @param index of the part it comes before; behind the last one for the length
 * @param after the part it comes behind, where that is not the one before `index`: those between are going
 * @param write its text; `column` is where the parts of a block collection begin
 */
export function insertPart(
  draft: TreeDraft,
  { isFlow, parts }: { isFlow: boolean; parts: readonly Part[] },
  after: number | null,
  { value, write }: { value: unknown; write: (column: number, layout: YamlLayout) => string },
): void {
  const anchor = after === null ? undefined : parts[after]
  const first = parts[0]
  if (first === undefined) return
  if (isFlow) return insertIntoFlow(draft, parts, after, write(0, draft.layout))
  const { lines, layout } = draft
  const column = columnAt(lines, first.start)
  const indent = ' '.repeat(column)
  if (anchor !== undefined && after !== null) {
    const end = lines.end(lastLine(lines, anchor, parts[after + 1]?.start ?? null))
    return draft.insertLines(end, layout.lineBreak + indent + write(column, draft.layoutBehind(end)), value)
  }
  const text = write(column, { ...layout, hasBlockScalars: false })
  if (!isFirstOnLine(lines, first.start)) return draft.insert(first.start, text + layout.lineBreak + indent)
  draft.insert(lines.start(firstLine(lines, first, null)), indent + text + layout.lineBreak)
}

/** On a line of its own where its neighbour has one. */
function insertIntoFlow(draft: TreeDraft, parts: readonly Part[], after: number | null, text: string): void {
  const { lines, layout } = draft
  const neighbour = parts[after ?? 0]
  if (neighbour === undefined) return
  const hasOwnLine = isFirstOnLine(lines, neighbour.start)
  const gap = hasOwnLine ? layout.lineBreak + ' '.repeat(columnAt(lines, neighbour.start)) : ' '
  if (after === null) draft.insert(neighbour.start, `${text},${gap}`)
  else draft.insert(neighbour.end, `,${gap}${text}`)
}
