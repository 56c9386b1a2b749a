import { TRANSITION_KEYS } from '../model/read-transition.ts'
import { textOf } from '../model/node-values.ts'
import { requireTransition, requireTransitionFields } from '../rules/transitions.ts'
import { nodeAt, setAt } from '../yaml-edits/edit-path.ts'
import { EditRefusal, type TreeDraft } from '../yaml-edits/tree-draft.ts'
import type { TransitionModel, WorkflowModel } from '../model/workflow-model.ts'
import type { CommandHandler, CommandOf } from './designer-command.ts'
import { setColor } from './set-color.ts'
import { editWorkflow, type StagedEdit } from './staged-edit.ts'
import { destinationsValue, publishValue } from './transition-value.ts'

export const setTransition: CommandHandler<'set-transition'> = {
  label: ({ task }) => `Change a transition of ${task}`,
  execute: ({ workflow }, command) => {
    const { task, index, color } = command
    const old = requireTransition(workflow, task, index)
    const notes = requireTransitionFields(workflow, task, command, old)
    requireSomething(old, command)
    const edit = changeFields(workflow, command, old)
    const isKept = color !== undefined || edit.model.taskNames.get(task)?.next[index]?.color === old.color
    const changes = isKept ? edit.changes() : changeUnderColor(workflow, command, old).changes()
    return { changes: { workflow: changes }, notes }
  },
}

function changeFields(
  workflow: WorkflowModel,
  command: CommandOf<'set-transition'>,
  old: TransitionModel,
  edit = editWorkflow(workflow),
): StagedEdit<WorkflowModel> {
  const { task, index, color } = command
  for (const key of TRANSITION_KEYS) {
    if (command[key] === undefined) continue
    edit.stage((draft) => setField(draft, workflow, { command, key, old }))
  }
  if (color !== undefined) edit.stage((draft, model) => setColor(draft, model, { task, index }, color))
  return edit
}

/** What comes to stand between the colour and the targets would part them: the colour is taken away and put back. */
function changeUnderColor(
  workflow: WorkflowModel,
  command: CommandOf<'set-transition'>,
  old: TransitionModel,
): StagedEdit<WorkflowModel> {
  const { task, index } = command
  const edit = editWorkflow(workflow).stage((draft, model) => setColor(draft, model, { task, index }, null))
  changeFields(workflow, command, old, edit)
  const hasTargets = edit.model.taskNames.get(task)?.next[index]?.doForm !== 'none'
  return hasTargets ? edit.stage((draft, model) => setColor(draft, model, { task, index }, old.color)) : edit
}

interface FieldEdit {
  command: CommandOf<'set-transition'>
  key: (typeof TRANSITION_KEYS)[number]
  old: TransitionModel
}

function setField(draft: TreeDraft, model: WorkflowModel, { command, key, old }: FieldEdit): void {
  const path = ['tasks', command.task, 'next', command.index, key]
  setAt(draft, path, valueOf(draft, model, { command, key, old }), TRANSITION_KEYS)
}

function valueOf({ tree }: TreeDraft, model: WorkflowModel, { command, key, old }: FieldEdit): unknown {
  const { when, publish, do: names, task, index } = command
  if (key === 'when') return when ?? undefined
  if (key === 'do') return isFilled(names) ? destinationsValue(model, old, names) : undefined
  const written =
    old.publishForm === 'string' ? textOf(nodeAt(tree.root, ['tasks', task, 'next', index, 'publish'])) : null
  return isFilled(publish) ? publishValue(model, old, publish, written) : undefined
}

function isFilled<T>(list: readonly T[] | null | undefined): list is readonly T[] {
  return list !== null && list !== undefined && list.length > 0
}

function requireSomething(old: TransitionModel, { when, publish, do: names }: CommandOf<'set-transition'>): void {
  const stays = [
    when === undefined ? old.when !== null : when !== null,
    publish === undefined ? old.publishForm !== 'none' : isFilled(publish),
    names === undefined ? old.doForm !== 'none' : isFilled(names),
  ]
  if (stays.includes(true)) return
  throw new EditRefusal('Nothing would be left of the transition: remove it instead.')
}
