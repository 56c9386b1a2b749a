import type { YamlSequence } from '@st2/yaml'
import { firstLine, isFirstOnLine, keepsEmptyLines, lastLine } from './block-lines.ts'
import { nodeAt, setAt, type YamlPath } from './edit-path.ts'
import { EditRefusal, type TreeDraft } from './tree-draft.ts'

/** Moves an entry of the list at a path, with the comments above it; its text stays as it is. */
export function moveEntry(draft: TreeDraft, path: YamlPath, from: number, to: number): void {
  const node = nodeAt(draft.tree.root, path)
  if (node?.kind !== 'seq') throw new EditRefusal('It stands in a list that is written elsewhere: move it there.')
  const { length } = node.items
  if (![from, to].every((index) => Number.isInteger(index) && index >= 0 && index < length)) {
    throw new EditRefusal(`There are ${length} entries, counted from 0.`)
  }
  if (from === to) return
  if (canMoveLines(draft, node)) return moveLines(draft, node, from, to)
  const values = node.items.map(({ value }) => value.value)
  const [moved] = values.splice(from, 1)
  setAt(draft, path, values.toSpliced(to, 0, moved))
}

function canMoveLines(draft: TreeDraft, { isFlow, items }: YamlSequence): boolean {
  const [first] = items
  if (isFlow || first === undefined || !isFirstOnLine(draft.lines, first.start)) return false
  // where empty lines are part of a text they would become part of another
  return !items.some(({ value }) => keepsEmptyLines(draft.text, value))
}

function moveLines(draft: TreeDraft, { items }: YamlSequence, from: number, to: number): void {
  const { text, lines, layout } = draft
  const [start, end] = linesOf(draft, items, from)
  const [targetStart, targetEnd] = linesOf(draft, items, to)
  const own = text.slice(lines.start(start), lines.end(end))
  // without the line break of whichever line is the text's last
  if (to < from) draft.insert(lines.start(targetStart), own + layout.lineBreak)
  else draft.insert(lines.end(targetEnd), layout.lineBreak + own)
  if (start === 0 || to > from) draft.remove(lines.start(start), lines.start(end + 1))
  else draft.remove(lines.end(start - 1), lines.end(end))
}

function linesOf({ lines }: TreeDraft, items: YamlSequence['items'], index: number): [number, number] {
  const item = items[index]
  if (item === undefined) throw new RangeError(`no entry ${index}`)
  const first = firstLine(lines, item, items[index - 1]?.end ?? null)
  return [first, lastLine(lines, item, items[index + 1]?.start ?? null)]
}
