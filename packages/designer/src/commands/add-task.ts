import { pairText } from '@st2/yaml'
import { fieldOf } from '../model/node-values.ts'
import type { Position, WorkflowModel } from '../model/workflow-model.ts'
import { freeTaskName, requireNewTaskName, requireTask } from '../rules/names.ts'
import { setAt } from '../yaml-edits/edit-path.ts'
import { insertPart } from '../yaml-edits/insert-parts.ts'
import type { TreeDraft } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler } from './designer-command.ts'
import { positionText, setPosition } from './set-position.ts'
import { editWorkflow } from './staged-edit.ts'
import { taskValue } from './task-value.ts'

/** A task needs one field at least; this action does nothing. */
const DEFAULT_ACTION = 'core.noop'

export const addTask: CommandHandler<'add-task'> = {
  label: ({ name, action }) => (name === undefined ? `Add ${action ?? 'a task'}` : `Add task ${name}`),
  execute: ({ workflow }, { name = freeTaskName(workflow), action, position, after, fields = {} }) => {
    requireNewTaskName(workflow, name)
    if (after !== undefined) requireTask(workflow, after)
    const value = taskValue({ ...fields, ...(action === undefined ? {} : { action }) })
    if (value.size === 0) value.set('action', DEFAULT_ACTION)
    const task: NewTask = { name, value, position: position ?? null, after: after ?? null }
    return { changes: { workflow: taskChanges(workflow, task) }, notes: [], names: [name] }
  },
}

interface NewTask {
  name: string
  value: Map<string, unknown>
  position: Position | null
  after: string | null
}

function taskChanges(model: WorkflowModel, task: NewTask) {
  const edit = editWorkflow(model)
  const wasWritten = { withPosition: false }
  edit.stage((draft) => {
    wasWritten.withPosition = insertTask(draft, model, task)
    if (!wasWritten.withPosition) setAt(draft, ['tasks', task.name], task.value, orderWith(model, task))
  })
  if (!wasWritten.withPosition && task.position !== null) {
    edit.stage((draft, written) => setPosition(draft, written, task.name, task.position))
  }
  return edit.changes()
}

/** Among other tasks in block style, its position above it; everything else is written without and gets it then. */
function insertTask(draft: TreeDraft, model: WorkflowModel, { name, value, position, after }: NewTask): boolean {
  const tasks = model.source.root === null ? null : fieldOf(model.source.root, 'tasks')
  if (tasks?.kind !== 'map' || tasks.isFlow || tasks.pairs.length === 0) return false
  const index = after === null ? -1 : tasks.pairs.findLastIndex((pair) => pair.name === after)
  const comment = position === null ? '' : `# ${positionText(position)}`
  insertPart(draft, { isFlow: false, parts: tasks.pairs }, index === -1 ? tasks.pairs.length - 1 : index, {
    value,
    write: (column, layout) => {
      const pair = pairText(name, value, column, layout)
      return comment === '' ? pair : comment + layout.lineBreak + ' '.repeat(column) + pair
    },
  })
  return true
}

function orderWith(model: WorkflowModel, { name, after }: NewTask): string[] {
  const names = [...model.taskNames.keys()]
  const index = after === null ? names.length : names.indexOf(after) + 1
  return names.toSpliced(index, 0, name)
}
