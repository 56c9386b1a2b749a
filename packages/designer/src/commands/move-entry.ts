import { moveEntry as moveInList } from '../yaml-edits/move-entry.ts'
import type { CommandHandler } from './designer-command.ts'
import { editWorkflow } from './staged-edit.ts'

export const moveEntry: CommandHandler<'move-entry'> = {
  label: ({ section }) => `Reorder ${section}`,
  execute: ({ workflow }, { section, from, to }) => {
    const edit = editWorkflow(workflow).stage((draft) => moveInList(draft, [section], from, to))
    return { changes: { workflow: edit.changes() }, notes: [] }
  },
}
