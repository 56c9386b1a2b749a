import type { TextChange } from '../text/text-change.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import { planOf } from '../yaml-edits/edit-list.ts'
import type { CommandHandler, Section } from './designer-command.ts'
import { rawEntries, requireEntry, writeEntries } from './entry-list.ts'
import { editWorkflow } from './staged-edit.ts'

export const removeEntry: CommandHandler<'remove-entry'> = {
  label: ({ section, name }) => `Remove ${name} from ${section}`,
  execute: ({ workflow }, { section, name }) => {
    return { changes: { workflow: removalChanges(workflow, section, name) }, notes: [] }
  },
}

export function removalChanges(workflow: WorkflowModel, section: Section, name: string): TextChange[] {
  const index = requireEntry(workflow, section, name)
  const plan = planOf(rawEntries(workflow, section)).toSpliced(index, 1)
  return editWorkflow(workflow)
    .stage((draft) => writeEntries(draft, section, plan))
    .changes()
}
