import { requireTask } from '../rules/names.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler } from './designer-command.ts'
import { setPosition } from './set-position.ts'
import { editWorkflow } from './staged-edit.ts'

export const moveTasks: CommandHandler<'move-tasks'> = {
  label: ({ positions }) => {
    const names = Object.keys(positions)
    return names.length === 1 ? `Move ${names[0]}` : `Move ${names.length} tasks`
  },
  execute: ({ workflow }, { positions }) => {
    const moves = Object.entries(positions)
    for (const [name, position] of moves) {
      requireTask(workflow, name)
      if (position !== null && !(Number.isFinite(position.x) && Number.isFinite(position.y))) {
        throw new EditRefusal(`The position of "${name}" is no pair of numbers.`)
      }
    }
    const edit = editWorkflow(workflow).stage((draft, model) => {
      for (const [name, position] of moves) setPosition(draft, model, name, position)
    })
    return { changes: { workflow: edit.changes() }, notes: [] }
  },
}
