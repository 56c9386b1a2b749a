import { scalarSource, type YamlPair } from '@st2/yaml'
import { requireVariableName } from '../rules/names.ts'
import { nodeAt } from '../yaml-edits/edit-path.ts'
import { EditRefusal, type TreeDraft } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler } from './designer-command.ts'
import { indexOfEntry, requireEntry } from './entry-list.ts'
import { editWorkflow } from './staged-edit.ts'

export const renameEntry: CommandHandler<'rename-entry'> = {
  label: ({ from, to }) => `Rename ${from} to ${to}`,
  execute: ({ workflow }, { section, from, to }) => {
    const index = requireEntry(workflow, section, from)
    if (from === to) return { changes: {}, notes: [] }
    requireVariableName(to)
    if (indexOfEntry(workflow, section, to) !== null) throw new EditRefusal(`There is "${to}" in ${section} already.`)
    const edit = editWorkflow(workflow).stage((draft) => {
      const node = nodeAt(draft.tree.root, [section, index])
      const pair = node?.kind === 'map' ? node.pairs.findLast(({ name }) => name === from) : undefined
      if (node?.kind !== 'map' || pair === undefined)
        throw new EditRefusal(`"${from}" is written elsewhere: rename it there.`)
      renameKey(draft, pair, to, node.isFlow)
    })
    return { changes: { workflow: edit.changes() }, notes: [] }
  },
}

/** In the style that the key has. */
export function renameKey(draft: TreeDraft, { key }: YamlPair, to: string, isFlow: boolean): void {
  if (key.kind !== 'scalar') throw new EditRefusal('The name is an alias: rename what it stands for.')
  const style = key.style === 'single-quoted' || key.style === 'double-quoted' ? key.style : 'plain'
  draft.replace(key.contentStart, key.end, scalarSource(to, { isFlow, style }))
}
