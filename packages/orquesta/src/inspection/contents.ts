import type { WorkflowExpressions } from '@st2/expressions'
import { compareText, isDict, isTruthy, keysOf, str } from '@st2/python-values'
import type { TaskSpec, WorkflowSpec } from '../spec/workflow-spec.ts'
import { type Paths, pathText, property, TASK_PATTERN, taskPaths } from './inspection-entry.ts'
import type { PlatformEntry } from './platform-format.ts'

/** What is asked of an action that a task names. */
export interface ActionParameters {
  /** Names without which it does not run: required, and without a default. */
  required: readonly string[]
  /** All names it takes, those of its runner included. */
  known: readonly string[]
}

/**
 * Whether the tasks name actions that exist and give them what they take. Actions that are expressions, and inputs that are, are
 * left alone.
 *
 * @param find the parameters of an action by its reference; null when there is no such action
 * @source st2: st2common/st2common/services/workflows.py inspect_task_contents
 */
export function inspectContents(
  spec: WorkflowSpec,
  expressions: WorkflowExpressions,
  find: (ref: string) => ActionParameters | null,
): PlatformEntry[] {
  return [...spec.tasks.values()].flatMap((task) => {
    const { action } = task
    if (typeof action !== 'string' || action === '' || expressions.has(action)) return []
    const paths = property(taskPaths(task.name), 'action')
    if (!action.includes('.')) return [entry(`The action reference "${action}" is not formatted correctly.`, paths)]
    const parameters = find(action)
    if (parameters === null) return [entry(`The action "${action}" is not registered in the database.`, paths)]
    return inputEntries(task, action, parameters)
  })
}

function inputEntries(task: TaskSpec, action: string, { required, known }: ActionParameters): PlatformEntry[] {
  if (isTruthy(task.input) && !isDict(task.input)) return []
  const given = isDict(task.input) ? keysOf(task.input).map(str) : []
  const paths = property(taskPaths(task.name), 'input')
  const missing = required.filter((name) => !given.includes(name)).sort(compareText)
  const unexpected = given.filter((name) => !known.includes(name)).sort(compareText)
  return [
    ...missing.map((name) => entry(`Action "${action}" is missing required input "${name}".`, paths)),
    ...unexpected.map((name) =>
      entry(`Action "${action}" has unexpected input "${name}".`, {
        spec: [...paths.spec, name],
        schema: `${paths.schema}.patternProperties.${TASK_PATTERN}`,
      }),
    ),
  ]
}

function entry(message: string, paths: Paths): PlatformEntry {
  return { type: 'content', message, spec_path: pathText(paths.spec), schema_path: paths.schema }
}
