import { pairOf } from '../yaml-edits/edit-path.ts'
import { isFirstOnLine, columnAt } from '../yaml-edits/block-lines.ts'
import { EditRefusal, type TreeDraft } from '../yaml-edits/tree-draft.ts'
import { type FoundComment, positionIn } from '../model/gap-comments.ts'
import { tasksMapping } from '../model/tasks-mapping.ts'
import type { Position, WorkflowModel } from '../model/workflow-model.ts'

/** Writes a task's position into the comment above it; null takes it away. */
export function setPosition(draft: TreeDraft, model: WorkflowModel, task: string, position: Position | null): void {
  const { source } = model
  const tasks = tasksMapping(source.root)
  const pair = tasks === null ? null : pairOf(tasks, task)
  if (tasks === null || pair === null) {
    throw new EditRefusal(`"${task}" is merged from elsewhere and has no place of its own for a position.`)
  }
  const before = tasks.pairs[tasks.pairs.indexOf(pair) - 1]
  const colon = source.root?.pairs.find(({ value }) => value === tasks)?.colon
  const found = positionIn(source, before?.end ?? colon ?? tasks.contentStart, pair.start)
  if (position === null) removeComment(draft, found)
  else if (found !== null) draft.replace(found.start, found.end, positionText(position))
  else insertComment(draft, pair.start, `# ${positionText(position)}`)
}

export function positionText({ x, y }: Position): string {
  return `[${Math.round(x)}, ${Math.round(y)}]`
}

/** Above what begins at an offset, on a line of its own. */
export function insertComment(draft: TreeDraft, offset: number, comment: string): void {
  const { lines, layout } = draft
  const column = columnAt(lines, offset)
  const indent = ' '.repeat(column)
  if (isFirstOnLine(lines, offset)) draft.insert(lines.start(lines.lineAt(offset)), indent + comment + layout.lineBreak)
  else draft.insert(offset, `${layout.lineBreak}${indent}${comment}${layout.lineBreak}${indent}`)
}

/** With its line where it says nothing else. */
export function removeComment(draft: TreeDraft, found: FoundComment<unknown> | null): void {
  if (found === null) return
  const { lines, text } = draft
  const line = lines.lineAt(found.start)
  const before = /^(.*?)[ \t]*#[ \t]*$/.exec(text.slice(lines.start(line), found.start))?.[1]
  const isAll = before !== undefined && text.slice(found.end, lines.end(line)).trim() === ''
  if (!isAll) draft.remove(found.start, found.end)
  else if (before.trim() === '') draft.remove(lines.start(line), lines.start(line + 1))
  else draft.remove(lines.start(line) + before.length, lines.end(line))
}
