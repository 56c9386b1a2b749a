import { METADATA_KEYS } from '../model/metadata-model.ts'
import { MAX_NAME_LENGTH } from '../rules/names.ts'
import { setAt } from '../yaml-edits/edit-path.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler } from './designer-command.ts'
import { entryChanges } from './set-entry.ts'
import { editMetadata } from './staged-edit.ts'

export const setParameter: CommandHandler<'set-parameter'> = {
  label: ({ name }) => `Change parameter ${name}`,
  execute: ({ workflow, metadata }, { name, schema, addInput = true }) => {
    requireParameterName(name)
    const isNew = !metadata.parameters.some((parameter) => parameter.name === name)
    const edit = editMetadata(metadata).stage((draft) =>
      setAt(draft, ['parameters', name], filled(schema), METADATA_KEYS),
    )
    const isInput = workflow.input.some((input) => input.name === name)
    if (!isNew || !addInput || isInput) return { changes: { metadata: edit.changes() }, notes: [] }
    const input = entryChanges(workflow, { section: 'input', name })
    return { changes: { workflow: input, metadata: edit.changes() }, notes: [] }
  },
}

/** What is not given is not written. */
function filled(schema: Readonly<Record<string, unknown>>): Map<string, unknown> {
  return new Map(Object.entries(schema).filter(([, value]) => value !== undefined))
}

function requireParameterName(name: string): void {
  if (!/^\w+$/.test(name)) {
    throw new EditRefusal(`"${name}" is no name of a parameter: only letters, digits and underscores are.`)
  }
  if (name.length > MAX_NAME_LENGTH) throw new EditRefusal(`A name may have ${MAX_NAME_LENGTH} characters.`)
}
