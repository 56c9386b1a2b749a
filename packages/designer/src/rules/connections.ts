import { isEngineCommand } from '@st2/orquesta'
import type { WorkflowModel } from '../model/workflow-model.ts'

/** Whether something may be done. Texts are sentences for the user. */
export type Verdict = { allowed: true; notes: readonly string[] } | { allowed: false; reason: string }

/** Whether a transition may lead from one task to another, or to a command of the engine. */
export function canConnect(model: WorkflowModel, from: string, to: string): Verdict {
  if (isEngineCommand(from)) return refused(`"${from}" is a command of the engine: nothing follows it.`)
  const task = model.taskNames.get(from)
  if (task === undefined) return refused(`There is no task "${from}".`)
  if (!isEngineCommand(to) && !model.taskNames.has(to)) return refused(`There is no task "${to}".`)
  return { allowed: true, notes: notesOn(model, from, to) }
}

function notesOn(model: WorkflowModel, from: string, to: string): string[] {
  const notes: string[] = []
  const task = model.taskNames.get(from)
  const leadsThere = task?.next.filter((transition) => transition.do.includes(to)) ?? []
  if (from === to) notes.push(`"${from}" follows itself: without a condition it never ends.`)
  if (leadsThere.length > 0) notes.push(`"${from}" leads to "${to}" already.`)
  if (to === 'retry' && task?.retry !== undefined && task.retry !== null) {
    notes.push('The command "retry" takes the place of the retry that the task has.')
  }
  return notes
}

function refused(reason: string): Verdict {
  return { allowed: false, reason }
}
