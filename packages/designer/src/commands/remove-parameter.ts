import { METADATA_KEYS } from '../model/metadata-model.ts'
import { setAt } from '../yaml-edits/edit-path.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler } from './designer-command.ts'
import { removalChanges } from './remove-entry.ts'
import { editMetadata } from './staged-edit.ts'

export const removeParameter: CommandHandler<'remove-parameter'> = {
  label: ({ name }) => `Remove parameter ${name}`,
  execute: ({ workflow, metadata }, { name }) => {
    const others = metadata.parameters.filter((parameter) => parameter.name !== name)
    if (others.length === metadata.parameters.length) throw new EditRefusal(`There is no parameter "${name}".`)
    const path = others.length === 0 ? ['parameters'] : ['parameters', name]
    const edit = editMetadata(metadata).stage((draft) => setAt(draft, path, undefined, METADATA_KEYS))
    const isInput = workflow.input.some((input) => input.name === name)
    const input = isInput ? { workflow: removalChanges(workflow, 'input', name) } : {}
    return { changes: { ...input, metadata: edit.changes() }, notes: [] }
  },
}
