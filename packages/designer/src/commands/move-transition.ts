import { requireTransition } from '../rules/transitions.ts'
import { moveEntry } from '../yaml-edits/move-entry.ts'
import type { CommandHandler } from './designer-command.ts'
import { editWorkflow } from './staged-edit.ts'

export const moveTransition: CommandHandler<'move-transition'> = {
  label: ({ task }) => `Reorder the transitions of ${task}`,
  execute: ({ workflow }, { task, from, to }) => {
    requireTransition(workflow, task, from)
    requireTransition(workflow, task, to)
    const edit = editWorkflow(workflow).stage((draft) => moveEntry(draft, ['tasks', task, 'next'], from, to))
    return { changes: { workflow: edit.changes() }, notes: [] }
  },
}
