import { requireTask } from '../rules/names.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler } from './designer-command.ts'
import { currentInput, setInput } from './set-input.ts'
import { requireOtherField } from './set-task-field.ts'
import { editWorkflow } from './staged-edit.ts'

export const setTaskInput: CommandHandler<'set-task-input'> = {
  label: ({ task, key, value }) => `${value === undefined ? 'Remove' : 'Change'} input ${key} of ${task}`,
  execute: ({ workflow }, { task, key, value }) => {
    const { inputForm } = requireTask(workflow, task)
    if (key === '') throw new EditRefusal('A parameter needs a name.')
    const input = currentInput(workflow, task)
    if (input === null) throw new EditRefusal(`The input of "${task}" is one expression: set it as a whole.`)
    if (value === undefined) input.delete(key)
    else input.set(key, value)
    if (input.size === 0 && inputForm === 'mapping') requireOtherField(workflow, task, 'input')
    const edit = editWorkflow(workflow)
    setInput(edit, task, input.size === 0 ? null : [...input].map(([name, inner]) => ({ name, value: inner })))
    return { changes: { workflow: edit.changes() }, notes: [] }
  },
}
