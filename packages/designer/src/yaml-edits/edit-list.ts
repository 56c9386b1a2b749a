import { nodeAt, setAt, type YamlPath } from './edit-path.ts'
import type { TreeDraft } from './tree-draft.ts'
import { type PlannedEntry, updateEntries } from './update-node.ts'

/**
 * Makes the list at a path the planned one. An empty plan takes the list away, a missing list is made.
 *
 * @param order of the keys beside the list
 */
export function editList(
  draft: TreeDraft,
  path: YamlPath,
  plan: readonly PlannedEntry[],
  order: readonly string[] = [],
): void {
  const node = ownNodeAt(draft, path)
  const values = plan.map(({ value }) => value)
  const stays = plan.some(({ from }) => from !== null)
  if (plan.length === 0) setAt(draft, path, undefined, order)
  else if (node?.kind === 'seq' && node.tag === null && stays) updateEntries(draft, node, plan)
  else setAt(draft, path, values, order)
}

/** The plan that leaves a list as it is. */
export function planOf(values: readonly unknown[]): PlannedEntry[] {
  return values.map((value, from) => ({ from, value }))
}

/** Not what stands elsewhere and is only named on the way. */
function ownNodeAt({ tree }: TreeDraft, path: YamlPath) {
  for (let length = 1; length <= path.length; length++) {
    if (nodeAt(tree.root, path.slice(0, length))?.kind === 'alias') return null
  }
  return nodeAt(tree.root, path)
}
