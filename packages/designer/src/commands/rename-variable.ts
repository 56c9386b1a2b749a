import { fieldOf, resolved } from '../model/node-values.ts'
import type { MetadataModel } from '../model/metadata-model.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import { renameVariable as renameIn } from '../references/rename-variable.ts'
import { GIVEN_VARIABLES } from '../rules/given-variables.ts'
import { requireVariableName } from '../rules/names.ts'
import type { TextChange } from '../text/text-change.ts'
import { pairOf } from '../yaml-edits/edit-path.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler } from './designer-command.ts'
import { renameKey } from './rename-entry.ts'
import { unreadNote } from './rename-task.ts'
import { editMetadata, editWorkflow } from './staged-edit.ts'

export const renameVariable: CommandHandler<'rename-variable'> = {
  label: ({ from, to }) => `Rename variable ${from} to ${to}`,
  execute: (document, { from, to }) => {
    const { workflow } = document
    if (from === to) return { changes: {}, notes: [] }
    requireFree(workflow, from, to)
    const notes: string[] = []
    const edit = editWorkflow(workflow).stage((draft) => {
      const { root } = workflow.source
      const found = root === null ? null : renameIn(draft, root, { from, to })
      if (found === null || found.declarations + found.references === 0) {
        throw new EditRefusal(`There is no variable "${from}".`)
      }
      notes.push(...found.unread.map(unreadNote))
    })
    const isInput = workflow.input.some(({ name }) => name === from)
    const parameter = isInput ? parameterChanges(document, from, to) : []
    if (isInput) notes.push(`It is an input: whoever starts the workflow must give "${to}" from now on.`)
    const metadata = parameter.length === 0 ? {} : { metadata: parameter }
    return { changes: { workflow: edit.changes(), ...metadata }, notes }
  },
}

function requireFree(model: WorkflowModel, from: string, to: string): void {
  if (GIVEN_VARIABLES.includes(from)) throw new EditRefusal(`"${from}" is given by the platform and keeps its name.`)
  requireVariableName(to)
  if (GIVEN_VARIABLES.includes(to)) throw new EditRefusal(`"${to}" is a variable that the platform gives.`)
  if (variablesOf(model).has(to)) throw new EditRefusal(`There is a variable "${to}" already.`)
}

/** Names that the workflow gives values to. */
function variablesOf({ input, vars, tasks }: WorkflowModel): Set<string> {
  const published = tasks.flatMap((task) => task.next.flatMap(({ publish }) => publish))
  return new Set([...input, ...vars, ...published].map(({ name }) => name))
}

function parameterChanges({ metadata }: { metadata: MetadataModel }, from: string, to: string): TextChange[] {
  const { root } = metadata.source
  const parameters = root === null ? null : resolved(fieldOf(root, 'parameters'))
  const pair = parameters?.kind === 'map' ? pairOf(parameters, from) : null
  if (parameters?.kind !== 'map' || pair === null) return []
  if (metadata.parameters.some(({ name }) => name === to)) {
    throw new EditRefusal(`There is a parameter "${to}" already.`)
  }
  return editMetadata(metadata)
    .stage((draft) => renameKey(draft, pair, to, parameters.isFlow))
    .changes()
}
