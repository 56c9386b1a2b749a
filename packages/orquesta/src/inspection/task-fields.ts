import { type Dict, getKey, isDict, isTruthy } from '@st2/python-values'
import type { SpecPath } from '../spec/places.ts'
import type { TaskSpec, TransitionSpec } from '../spec/workflow-spec.ts'
import { type Paths, property, taskPaths, transitionPaths } from './inspection-entry.ts'

/** A field of a definition as expressions in it are looked for: inline parameters taken apart, defaults put in. */
export interface Field {
  paths: Paths
  value: unknown
  /** Where it is written, when that is not where it is reported. */
  written?: SpecPath
  /** Its keys are names of variables that it gives values to. */
  assigns?: boolean
}

/** Fields of a task beside those of its transitions and of `retry`, in the order in which they are evaluated. */
export function taskFields(task: TaskSpec): Field[] {
  const paths = taskPaths(task.name)
  return [
    { paths: property(paths, 'delay'), value: rawOf(task.raw, 'delay') },
    ...itemsFields(task, paths),
    { paths: property(paths, 'action'), value: task.action },
    {
      paths: property(paths, 'input'),
      value: task.input,
      ...(hasInlineInput(task) ? { written: [...paths.spec, 'action'] } : {}),
    },
  ]
}

export function retryFields(task: TaskSpec): Field[] {
  const retry = rawOf(task.raw, 'retry')
  if (!isDict(retry)) return []
  const paths = property(taskPaths(task.name), 'retry')
  return ['when', 'count', 'delay'].map((name) => ({ paths: property(paths, name), value: rawOf(retry, name) }))
}

export function transitionFields(task: TaskSpec, transition: TransitionSpec): Field[] {
  const paths = transitionPaths(taskPaths(task.name), transition.index)
  const destinations = rawOf(transition.raw, 'do')
  return [
    { paths: property(paths, 'when'), value: rawOf(transition.raw, 'when') },
    { paths: property(paths, 'publish'), value: publishOf(transition), assigns: true },
    { paths: property(paths, 'do'), value: isTruthy(destinations) ? destinations : 'continue' },
  ]
}

export function rawOf(dict: Dict, name: string): unknown {
  return getKey(dict, name) ?? null
}

function itemsFields(task: TaskSpec, paths: Paths): Field[] {
  const items = rawOf(task.raw, 'with')
  if (!isDict(items)) return []
  const within = property(paths, 'with')
  return ['items', 'concurrency'].map((name) => ({ paths: property(within, name), value: rawOf(items, name) }))
}

function hasInlineInput(task: TaskSpec): boolean {
  return task.action !== rawOf(task.raw, 'action')
}

/** As a list of mappings with one key, for text too. */
function publishOf(transition: TransitionSpec): unknown {
  const publish = rawOf(transition.raw, 'publish')
  if (typeof publish !== 'string') return publish
  return transition.publish.map(({ name, value }) => new Map([[name, value]]))
}
