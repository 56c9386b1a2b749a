import { METADATA_KEYS } from '../model/metadata-model.ts'
import { setAt } from '../yaml-edits/edit-path.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler } from './designer-command.ts'
import { editMetadata } from './staged-edit.ts'

export const setMetadataField: CommandHandler<'set-metadata-field'> = {
  label: ({ field }) => `Change the action's ${field}`,
  execute: ({ metadata }, { field, value }) => {
    if (field === '') throw new EditRefusal('A field needs a name.')
    if (field === 'parameters') throw new EditRefusal('Parameters are changed one by one.')
    if (field === 'enabled' && typeof value !== 'boolean' && value !== null && value !== undefined) {
      throw new EditRefusal('enabled: true or false was expected.')
    }
    const given = value === null || value === '' ? undefined : value
    const edit = editMetadata(metadata).stage((draft) => setAt(draft, [field], given, METADATA_KEYS))
    return { changes: { metadata: edit.changes() }, notes: [] }
  },
}
