import { isEngineCommand } from '@st2/orquesta'
import type { TaskModel, WorkflowModel } from '../model/workflow-model.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'

/** Longest name of a task or a variable: more is never meant, and a key may not be longer than a line. */
export const MAX_NAME_LENGTH = 128

const WORD = /^[\p{L}\p{N}_]+$/u

/** @throws EditRefusal */
export function requireNewTaskName(model: WorkflowModel, name: string): void {
  requireWord(name, 'task')
  if (isEngineCommand(name)) throw new EditRefusal(`"${name}" is a command of the engine and no name of a task.`)
  if (model.taskNames.has(name)) throw new EditRefusal(`There is a task "${name}" already.`)
}

/** @throws EditRefusal */
export function requireVariableName(name: string): void {
  requireWord(name, 'variable')
  if (name.startsWith('__')) throw new EditRefusal('Names that begin with two underscores are private to the engine.')
}

function requireWord(name: string, what: string): void {
  if (name === '') throw new EditRefusal(`A ${what} needs a name.`)
  if (!WORD.test(name)) {
    throw new EditRefusal(`"${name}" is no name of a ${what}: only letters, digits and underscores are.`)
  }
  if (name.length > MAX_NAME_LENGTH) {
    throw new EditRefusal(`A name may have ${MAX_NAME_LENGTH} characters; this one has ${name.length}.`)
  }
}

/** @throws EditRefusal */
export function requireTask(model: WorkflowModel, name: string): TaskModel {
  const task = model.taskNames.get(name)
  if (task === undefined) throw new EditRefusal(`There is no task "${name}".`)
  return task
}

/** `task1`, `task2`, …: the first that no task has. */
export function freeTaskName(model: WorkflowModel, base = 'task'): string {
  const isFree = (name: string): boolean => !model.taskNames.has(name) && !isEngineCommand(name)
  for (let number = 1; ; number++) if (isFree(`${base}${number}`)) return `${base}${number}`
}
