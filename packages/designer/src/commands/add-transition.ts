import { TASK_KEYS } from '../model/read-task.ts'
import { fieldOf, resolved } from '../model/node-values.ts'
import { requireTask } from '../rules/names.ts'
import { requireTransitionFields } from '../rules/transitions.ts'
import { editList, planOf } from '../yaml-edits/edit-list.ts'
import { nodeAt } from '../yaml-edits/edit-path.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler } from './designer-command.ts'
import { setColor } from './set-color.ts'
import { editWorkflow } from './staged-edit.ts'
import { transitionValue } from './transition-value.ts'

export const addTransition: CommandHandler<'add-transition'> = {
  label: ({ task, do: names }) =>
    `Connect ${task}${names === undefined || names === null ? '' : ` to ${names.join(', ')}`}`,
  execute: ({ workflow }, { task, index, ...fields }) => {
    const { length } = requireTask(workflow, task).next
    const at = index ?? length
    if (!Number.isInteger(at) || at < 0 || at > length) {
      throw new EditRefusal(`"${task}" has ${length} transitions: the new one can not be number ${at}.`)
    }
    const notes = requireTransitionFields(workflow, task, fields, null)
    const value = transitionValue(workflow, fields)
    if (value.size === 0) throw new EditRefusal('A transition needs a condition, something to publish or a target.')
    const edit = editWorkflow(workflow).stage((draft) => {
      const plan = planOf(rawTransitions(draft.tree.root, task))
      editList(draft, ['tasks', task, 'next'], plan.toSpliced(at, 0, { from: null, value }), TASK_KEYS)
    })
    const { color } = fields
    if (color !== undefined && color !== null) {
      edit.stage((draft, model) => setColor(draft, model, { task, index: at }, color))
    }
    return { changes: { workflow: edit.changes() }, notes }
  },
}

/** The entries of `next` as they are written. */
export function rawTransitions(root: Parameters<typeof nodeAt>[0], task: string): unknown[] {
  const node = resolved(nodeAt(root, ['tasks', task]))
  const next = node?.kind === 'map' ? resolved(fieldOf(node, 'next')) : null
  return next?.kind === 'seq' ? next.items.map(({ value }) => value.value) : []
}
