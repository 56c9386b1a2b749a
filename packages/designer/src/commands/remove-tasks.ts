import { fieldOf } from '../model/node-values.ts'
import { TASK_KEYS } from '../model/read-task.ts'
import type { TaskModel, TransitionModel, WorkflowModel } from '../model/workflow-model.ts'
import { requireTask } from '../rules/names.ts'
import { editList } from '../yaml-edits/edit-list.ts'
import { setAt, withValueAt } from '../yaml-edits/edit-path.ts'
import { entriesOf } from '../yaml-edits/same-value.ts'
import type { TreeDraft } from '../yaml-edits/tree-draft.ts'
import type { PlannedEntry } from '../yaml-edits/update-node.ts'
import { rawTransitions } from './add-transition.ts'
import type { CommandHandler } from './designer-command.ts'
import { editWorkflow } from './staged-edit.ts'
import { destinationsValue } from './transition-value.ts'

export const removeTasks: CommandHandler<'remove-tasks'> = {
  label: ({ names }) => (names.length === 1 ? `Remove ${names[0]}` : `Remove ${names.length} tasks`),
  execute: ({ workflow }, { names, transitions = 'remove' }) => {
    for (const name of names) requireTask(workflow, name)
    const gone = new Set(names)
    const notes: string[] = []
    const edit = editWorkflow(workflow)
    if (transitions === 'remove') {
      edit.stage((draft) => {
        for (const task of workflow.tasks) if (!gone.has(task.name)) unlink(draft, workflow, { task, gone, notes })
      })
    }
    edit.stage((draft, model) => removeAll(draft, model, gone))
    return { changes: { workflow: edit.changes() }, notes }
  },
}

function removeAll(draft: TreeDraft, { taskNames, source }: WorkflowModel, gone: ReadonlySet<string>): void {
  const tasks = source.root === null ? null : entriesOf(fieldOf(source.root, 'tasks')?.value)
  const isLast = [...taskNames.keys()].every((name) => gone.has(name))
  setAt(draft, ['tasks'], isLast ? {} : new Map([...(tasks ?? [])].filter(([name]) => !gone.has(name))))
}

interface Unlinking {
  task: TaskModel
  gone: ReadonlySet<string>
  notes: string[]
}

/** A transition that leads nowhere any more goes as well, unless it publishes something. */
function unlink(draft: TreeDraft, model: WorkflowModel, { task, gone, notes }: Unlinking): void {
  if (!task.next.some((transition) => transition.do.some((name) => gone.has(name)))) return
  const raw = rawTransitions(draft.tree.root, task.name)
  const plan = task.next.flatMap((transition): PlannedEntry[] => {
    const value = raw[transition.index]
    const left = transition.do.filter((name) => !gone.has(name))
    if (left.length === transition.do.length) return [{ from: transition.index, value }]
    if (left.length === 0 && transition.publish.length === 0) return []
    if (left.length === 0) notes.push(`A transition of "${task.name}" publishes still and leads nowhere.`)
    return [{ from: transition.index, value: withTargets(model, transition, value, left) }]
  })
  editList(draft, ['tasks', task.name, 'next'], plan, TASK_KEYS)
}

function withTargets(
  model: WorkflowModel,
  transition: TransitionModel,
  value: unknown,
  left: readonly string[],
): unknown {
  return withValueAt(value, ['do'], left.length === 0 ? undefined : destinationsValue(model, transition, left))
}
