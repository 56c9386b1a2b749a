import { textOf } from '../model/node-values.ts'
import { TASK_KEYS } from '../model/read-task.ts'
import type { Entry, WorkflowModel } from '../model/workflow-model.ts'
import { requireTask } from '../rules/names.ts'
import { nodeAt, setAt } from '../yaml-edits/edit-path.ts'
import type { InputValue } from './designer-command.ts'
import { withInput } from './inline-parameters.ts'
import type { StagedEdit } from './staged-edit.ts'
import { inputValue } from './task-value.ts'

/** Sets all of a task's input. Where it is written behind the action it stays there as long as that can say it. */
export function setInput(edit: StagedEdit<WorkflowModel>, task: string, input: InputValue | null): void {
  const { model } = edit
  const { action, inputForm } = requireTask(model, task)
  const path = ['tasks', task, 'input']
  const value = input === null ? undefined : inputValue(input)
  if (inputForm !== 'inline') {
    edit.stage((draft) => setAt(draft, path, isEmpty(value) ? undefined : value, TASK_KEYS))
    return
  }
  const written = textOf(nodeAt(model.source.root, ['tasks', task, 'action'])) ?? ''
  const entries = entriesOfValue(value)
  const inline = entries === null ? null : withInput(written, entries)
  edit.stage((draft) => setAt(draft, ['tasks', task, 'action'], inline ?? action))
  // an input beside inline parameters does not count, and would once there are none
  const isInline = inline !== null && !isEmpty(value)
  if (!isInline) edit.stage((draft) => setAt(draft, path, isEmpty(value) ? undefined : value, TASK_KEYS))
}

function entriesOfValue(value: unknown): Entry[] | null {
  if (value === undefined) return []
  if (value instanceof Map)
    return [...value].map(([name, inner]: [unknown, unknown]) => ({ name: String(name), value: inner }))
  if (typeof value !== 'object' || value === null) return null
  return Object.entries(value).map(([name, inner]) => ({ name, value: inner }))
}

/** The language has no empty input. */
function isEmpty(value: unknown): boolean {
  return value === undefined || entriesOfValue(value)?.length === 0
}

/** The input that a task has now, by name; null for one that is an expression. */
export function currentInput(model: WorkflowModel, task: string): Map<string, unknown> | null {
  const { input } = requireTask(model, task)
  return typeof input === 'string' ? null : new Map((input ?? []).map(({ name, value }) => [name, value]))
}
