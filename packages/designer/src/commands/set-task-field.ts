import { parseInlineParameters } from '@st2/orquesta'
import { entriesOfNode, resolved, textOf } from '../model/node-values.ts'
import { TASK_KEYS } from '../model/read-task.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import { requireTask } from '../rules/names.ts'
import { requireFieldValue } from '../rules/task-fields.ts'
import { nodeAt, setAt } from '../yaml-edits/edit-path.ts'
import { entriesOf } from '../yaml-edits/same-value.ts'
import { EditRefusal, type TreeDraft } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler, ItemsValue, TaskField } from './designer-command.ts'
import { setInput } from './set-input.ts'
import { editWorkflow, type StagedEdit } from './staged-edit.ts'
import { itemsValue } from './task-value.ts'

export const setTaskField: CommandHandler<'set-task-field'> = {
  label: ({ task, field, value }) => `${value === null ? 'Remove' : 'Change'} ${field} of ${task}`,
  execute: ({ workflow }, { task, field, value }) => {
    requireTask(workflow, task)
    const given = requireFieldValue(field, value)
    if (given.value === null) requireOtherField(workflow, task, field)
    const edit = editWorkflow(workflow)
    if (given.field === 'input') setInput(edit, task, given.value)
    else if (given.field === 'action' && given.value === null) removeAction(edit, task)
    else edit.stage((draft) => setAt(draft, ['tasks', task, field], writtenValue(draft, task, given), TASK_KEYS))
    return { changes: { workflow: edit.changes() }, notes: [] }
  },
}

/** Parameters that are written behind the action become its input. */
function removeAction(edit: StagedEdit<WorkflowModel>, task: string): void {
  const { inputForm, input } = requireTask(edit.model, task)
  edit.stage((draft) => setAt(draft, ['tasks', task, 'action'], undefined))
  if (inputForm === 'inline' && typeof input !== 'string') setInput(edit, task, input)
}

/** @throws EditRefusal where nothing else is in the task: a task without fields is none */
export function requireOtherField(model: WorkflowModel, task: string, field: TaskField | 'next'): void {
  const node = resolved(nodeAt(model.source.root, ['tasks', task]))
  const names = node?.kind === 'map' ? entriesOfNode(node).map(({ name }) => name) : []
  if (names.some((name) => name !== field)) return
  throw new EditRefusal(`"${field}" is all that "${task}" has, and a task needs one field at least.`)
}

type GivenField = ReturnType<typeof requireFieldValue>

function writtenValue({ tree }: TreeDraft, task: string, given: Exclude<GivenField, { field: 'input' }>): unknown {
  if (given.value === null) return undefined
  if (given.field === 'action')
    return withOldParameters(textOf(nodeAt(tree.root, ['tasks', task, 'action'])), given.value)
  const old = entriesOf(resolved(nodeAt(tree.root, ['tasks', task, given.field]))?.value)
  if (given.field === 'with')
    return old === null ? itemsValue(given.value) : withOthers(old, itemsMapping(given.value), ITEMS_KEYS)
  return given.field === 'retry' && old !== null ? withOthers(old, entriesOf(given.value), RETRY_KEYS) : given.value
}

const ITEMS_KEYS = ['items', 'concurrency']
const RETRY_KEYS = ['when', 'count', 'delay']

function itemsMapping(value: ItemsValue | string): Map<string, unknown> | null {
  return typeof value === 'string' ? new Map([['items', value]]) : entriesOf(value)
}

/** What the language does not know is kept. */
function withOthers(
  old: ReadonlyMap<string, unknown>,
  given: ReadonlyMap<string, unknown> | null,
  known: readonly string[],
): Map<string, unknown> {
  const kept = [...old].filter(([name]) => !known.includes(name) || given?.has(name) === true)
  return new Map([...kept, ...(given ?? [])])
}

/** Parameters that are written behind the action stay there. */
function withOldParameters(written: string | null, action: string): string {
  if (written === null || action.includes(' ') || parseInlineParameters(written).length === 0) return action
  return action + written.slice(written.indexOf(' '))
}
