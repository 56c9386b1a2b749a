import { isEngineCommand } from '@st2/orquesta'
import type { TransitionFields } from '../commands/designer-command.ts'
import type { TransitionModel, WorkflowModel } from '../model/workflow-model.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import { canConnect } from './connections.ts'
import { requireTask, requireVariableName } from './names.ts'

/** @throws EditRefusal */
export function requireTransition(model: WorkflowModel, task: string, index: number): TransitionModel {
  const transition = requireTask(model, task).next[index]
  if (transition !== undefined) return transition
  throw new EditRefusal(`"${task}" has no transition ${index}; they are counted from 0.`)
}

/**
 * What a transition is to say. Targets that it has already may stay, whatever they are.
 *
 * @returns notes for the user
 * @throws EditRefusal
 */
export function requireTransitionFields(
  model: WorkflowModel,
  task: string,
  fields: TransitionFields,
  old: TransitionModel | null,
): string[] {
  const { do: names, when, publish, color } = fields
  if (when === '') throw new EditRefusal('A condition may not be empty: take it away instead.')
  if (color !== undefined && color !== null && !/^#[0-9a-fA-F]{6}$/.test(color)) {
    throw new EditRefusal(`"${color}" is no colour: write # and six hexadecimal digits.`)
  }
  for (const { name } of publish ?? []) requireVariableName(name)
  const targets = names ?? []
  const twice = targets.find((name, index) => targets.indexOf(name) !== index)
  if (twice !== undefined) throw new EditRefusal(`"${twice}" is named twice.`)
  return targets.filter((name) => old?.do.includes(name) !== true).flatMap((name) => notesOf(model, task, name))
}

function notesOf(model: WorkflowModel, task: string, name: string): readonly string[] {
  const verdict = canConnect(model, task, name)
  if (!verdict.allowed) throw new EditRefusal(verdict.reason)
  return isEngineCommand(name) && name !== 'retry' ? [] : verdict.notes
}
