import { TASK_KEYS } from '../model/read-task.ts'
import { requireTransition } from '../rules/transitions.ts'
import { editList, planOf } from '../yaml-edits/edit-list.ts'
import { rawTransitions } from './add-transition.ts'
import type { CommandHandler } from './designer-command.ts'
import { requireOtherField } from './set-task-field.ts'
import { editWorkflow } from './staged-edit.ts'

export const removeTransition: CommandHandler<'remove-transition'> = {
  label: ({ task }) => `Remove a transition of ${task}`,
  execute: ({ workflow }, { task, index }) => {
    requireTransition(workflow, task, index)
    const edit = editWorkflow(workflow).stage((draft) => {
      const plan = planOf(rawTransitions(draft.tree.root, task)).toSpliced(index, 1)
      if (plan.length === 0) requireOtherField(workflow, task, 'next')
      editList(draft, ['tasks', task, 'next'], plan, TASK_KEYS)
    })
    return { changes: { workflow: edit.changes() }, notes: [] }
  },
}
