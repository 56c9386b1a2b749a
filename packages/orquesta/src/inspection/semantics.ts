import { isTruthy } from '@st2/python-values'
import { isEngineCommand, type WorkflowSpec } from '../spec/workflow-spec.ts'
import { type InspectionEntry, locate, type Paths, property, taskPaths, transitionPaths } from './inspection-entry.ts'
import { findAmbiguousJoins } from './split-tracking.ts'
import { TaskLinks } from './task-links.ts'

/** Tasks that can not work together. @source orquesta: orquesta/specs/native/v1/models.py TaskMappingSpec.inspect_semantics */
export function inspectSemantics(spec: WorkflowSpec): InspectionEntry[] {
  if (spec.tasks.size === 0) return []
  const links = new TaskLinks(spec)
  const entry = (message: string, paths: Paths): InspectionEntry => ({ message, ...locate(paths, spec.places) })
  return [
    ...reservedNames(spec).map((name) =>
      entry(`The task name "${name}" is reserved with special function.`, taskPaths(name)),
    ),
    ...(links.starts.length === 0 ? [entry(NO_START, property({ spec: [], schema: '' }, 'tasks'))] : []),
    ...undefinedDestinations(links).map(({ task, transition, name }) =>
      entry(`The task "${name}" is not defined.`, property(transitionPaths(taskPaths(task), transition), 'do')),
    ),
    ...findAmbiguousJoins(links).map((name) => entry(ambiguousJoin(name), taskPaths(name))),
    ...itemsWithoutAction(spec).map((name) =>
      entry('The action property is required for with items task.', taskPaths(name)),
    ),
  ]
}

const NO_START =
  'Unable to identify any tasks to start the workflow. If the workflow has a loop, please add a task that serves as an ' +
  'entry point (or lead) into the loop.'

function ambiguousJoin(name: string): string {
  return (
    `The join task "${name}" is unreachable. A join task is determined to be unreachable if there are nested forks from ` +
    'multi-referenced tasks that join on the said task. This is ambiguous to the workflow engine because it does not know ' +
    'at which level should the join occurs.'
  )
}

function reservedNames(spec: WorkflowSpec): string[] {
  return [...spec.tasks.keys()].filter(isEngineCommand)
}

/** NOTE: loops that nothing leads into are not looked at once there is a task to start with, as upstream does it. */
function undefinedDestinations(links: TaskLinks): { task: string; transition: number; name: string }[] {
  const found: { task: string; transition: number; name: string }[] = []
  const queue = links.starts
  const seen = new Set(queue)
  for (const task of queue) {
    for (const { index, do: destinations } of links.transitionsOf(task)) {
      for (const name of destinations) {
        if (!links.isKnown(name)) found.push({ task, transition: index, name })
        else if (!isEngineCommand(name) && !seen.has(name)) {
          seen.add(name)
          queue.push(name)
        }
      }
    }
  }
  return found
}

function itemsWithoutAction(spec: WorkflowSpec): string[] {
  return [...spec.tasks.values()].filter((task) => task.with !== null && !isTruthy(task.action)).map(({ name }) => name)
}
