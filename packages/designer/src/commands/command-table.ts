import { addTask } from './add-task.ts'
import { addTransition } from './add-transition.ts'
import type { CommandHandler, DesignerCommand, DesignerDocument, Edit, Verb } from './designer-command.ts'
import { moveEntry } from './move-entry.ts'
import { moveTasks } from './move-tasks.ts'
import { moveTransition } from './move-transition.ts'
import { pasteTasks } from './paste-tasks.ts'
import { removeEntry } from './remove-entry.ts'
import { removeParameter } from './remove-parameter.ts'
import { removeTasks } from './remove-tasks.ts'
import { removeTransition } from './remove-transition.ts'
import { renameEntry } from './rename-entry.ts'
import { renameTask } from './rename-task.ts'
import { renameVariable } from './rename-variable.ts'
import { setEntry } from './set-entry.ts'
import { setMetadataField } from './set-metadata-field.ts'
import { setParameter } from './set-parameter.ts'
import { setTaskField } from './set-task-field.ts'
import { setTaskInput } from './set-task-input.ts'
import { setTransition } from './set-transition.ts'
import { setWorkflowField } from './set-workflow-field.ts'

const COMMANDS: { [V in Verb]: CommandHandler<V> } = {
  'add-task': addTask,
  'remove-tasks': removeTasks,
  'rename-task': renameTask,
  'move-tasks': moveTasks,
  'set-task-field': setTaskField,
  'set-task-input': setTaskInput,
  'add-transition': addTransition,
  'remove-transition': removeTransition,
  'set-transition': setTransition,
  'move-transition': moveTransition,
  'set-entry': setEntry,
  'remove-entry': removeEntry,
  'move-entry': moveEntry,
  'rename-entry': renameEntry,
  'rename-variable': renameVariable,
  'set-workflow-field': setWorkflowField,
  'paste-tasks': pasteTasks,
  'set-metadata-field': setMetadataField,
  'set-parameter': setParameter,
  'remove-parameter': removeParameter,
}

/** All verbs there are. */
export function isVerb(verb: string): verb is Verb {
  return Object.hasOwn(COMMANDS, verb)
}

/** Words for a menu: `Add task t1`. */
export function labelOf(command: DesignerCommand): string {
  return handlerOf(command).label(command)
}

/** @throws EditRefusal */
export function executeCommand(document: DesignerDocument, command: DesignerCommand): Edit {
  return handlerOf(command).execute(document, command)
}

/** The table pairs every verb with the handler of just its commands, which a look-up by a union can not show. */
function handlerOf(command: DesignerCommand): CommandHandler<Verb> {
  const handler: unknown = COMMANDS[command.verb]
  return handler as CommandHandler<Verb>
}
