import { DesignerEditor } from '@st2/designer'
import { NEW_WORKFLOW } from '../new-workflow.ts'

interface Name {
  readonly name: string
  readonly pack: string
}

/** The metadata with another name; a new name has an entry point of its own. The rest of the text stays as it is written. */
export function nameWorkflow(metadata: string, { name, pack }: Name): string {
  const editor = new DesignerEditor({ ...NEW_WORKFLOW, metadata })
  const before = editor.state.metadata.model
  const isRenamed = before.name !== name || before.pack !== pack || before.entry_point === ''
  if (isRenamed && name !== '')
    editor.execute({ verb: 'set-metadata-field', field: 'entry_point', value: `workflows/${name}.yaml` })
  if (before.name !== name) editor.execute({ verb: 'set-metadata-field', field: 'name', value: name })
  if (before.pack !== pack) editor.execute({ verb: 'set-metadata-field', field: 'pack', value: pack })
  return editor.state.metadata.text
}
