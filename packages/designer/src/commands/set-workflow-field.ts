import { setAt } from '../yaml-edits/edit-path.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler } from './designer-command.ts'
import { WORKFLOW_KEYS_IN_FILE } from './entry-list.ts'
import { editWorkflow } from './staged-edit.ts'

export const setWorkflowField: CommandHandler<'set-workflow-field'> = {
  label: ({ field }) => `Change the workflow's ${field}`,
  execute: ({ workflow }, { field, value }) => {
    const given = requireValue(field, value)
    const edit = editWorkflow(workflow).stage((draft) => setAt(draft, [field], given, WORKFLOW_KEYS_IN_FILE))
    return { changes: { workflow: edit.changes() }, notes: [] }
  },
}

/** @returns undefined for what is taken away */
function requireValue(field: string, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined
  if (field === 'tags') {
    if (!Array.isArray(value) || !value.every((tag) => typeof tag === 'string' && tag !== '')) {
      throw new EditRefusal('tags: a list of texts was expected.')
    }
    return value.length === 0 ? undefined : value
  }
  if (field === 'version' && typeof value === 'number') return value
  if (typeof value !== 'string') throw new EditRefusal(`${field}: a text was expected.`)
  return value
}
