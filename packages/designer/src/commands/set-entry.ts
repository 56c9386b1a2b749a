import type { WorkflowModel } from '../model/workflow-model.ts'
import { requireVariableName } from '../rules/names.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import { planOf } from '../yaml-edits/edit-list.ts'
import type { TextChange } from '../text/text-change.ts'
import type { CommandHandler, CommandOf } from './designer-command.ts'
import { entryValue, indexOfEntry, rawEntries, writeEntries } from './entry-list.ts'
import { editWorkflow } from './staged-edit.ts'

export const setEntry: CommandHandler<'set-entry'> = {
  label: ({ section, name }) => `Change ${name} in ${section}`,
  execute: ({ workflow }, command) => ({ changes: { workflow: entryChanges(workflow, command) }, notes: [] }),
}

export function entryChanges(
  workflow: WorkflowModel,
  { section, name, value, index }: Omit<CommandOf<'set-entry'>, 'verb'>,
): TextChange[] {
  const known = indexOfEntry(workflow, section, name)
  if (known === null) requireVariableName(name)
  const raw = rawEntries(workflow, section)
  const at = index ?? raw.length
  if (!Number.isInteger(at) || at < 0 || at > raw.length) {
    throw new EditRefusal(`${section} has ${raw.length} entries: the new one can not be number ${at}.`)
  }
  const entry = entryValue(section, name, value)
  const plan = planOf(raw)
  const next =
    known === null
      ? plan.toSpliced(at, 0, { from: null, value: entry })
      : plan.with(known, { from: known, value: entry })
  return editWorkflow(workflow)
    .stage((draft) => writeEntries(draft, section, next))
    .changes()
}
