import { colorOf } from '../model/read-transition.ts'
import { isFirstOnLine } from '../yaml-edits/block-lines.ts'
import { nodeAt, pairOf } from '../yaml-edits/edit-path.ts'
import { EditRefusal, type TreeDraft } from '../yaml-edits/tree-draft.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import { insertComment, removeComment } from './set-position.ts'

/** Writes a transition's colour into the comment above its `do`; null takes it away. */
export function setColor(
  draft: TreeDraft,
  model: WorkflowModel,
  { task, index }: { task: string; index: number },
  color: string | null,
): void {
  const list = nodeAt(draft.tree.root, ['tasks', task, 'next'])
  const item = list?.kind === 'seq' ? list.items[index] : undefined
  const pair = item?.value.kind === 'map' ? pairOf(item.value, 'do') : null
  if (list?.kind !== 'seq' || item?.value.kind !== 'map' || pair === null) {
    if (color === null) return
    throw new EditRefusal('A colour stands above the targets: give the transition one first.')
  }
  const gap = list.items[index - 1]?.end ?? gapOf(draft, task, list.start)
  const found = colorOf(model.source, item.value, gap)
  if (color === null) return removeComment(draft, found)
  if (found !== null) return draft.replace(found.start, found.end, color)
  // as the first key it stands behind the dash, and its comment above that
  const isBehindDash = !list.isFlow && !isFirstOnLine(draft.lines, pair.start) && item.value.pairs[0] === pair
  insertComment(draft, isBehindDash ? item.start : pair.start, `# ${color}`)
}

function gapOf({ tree }: TreeDraft, task: string, start: number): number {
  const node = nodeAt(tree.root, ['tasks', task])
  const pair = node?.kind === 'map' ? pairOf(node, 'next') : null
  return pair?.colon ?? start
}
