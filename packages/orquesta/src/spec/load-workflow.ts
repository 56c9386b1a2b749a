import { type Dict, dictFrom, entriesOf, getKey, hasKey, isDict, isTruthy, str, typeName } from '@st2/python-values'
import { WorkflowLoadError } from './load-error.ts'
import { SpecPlaces } from './places.ts'
import { readDefinition } from './read-definition.ts'
import { buildTask } from './task-spec.ts'
import { assignmentsOf } from './transition-spec.ts'
import type { InputSpec, TaskSpec, WorkflowSpec } from './workflow-spec.ts'

/**
 * Makes a workflow of its definition: YAML or JSON text, or what was read from it. Only what can not be understood at all is
 * refused here; everything else is for inspection to say.
 *
 * @throws WorkflowLoadError
 */
export function loadWorkflow(definition: unknown): WorkflowSpec {
  if (!isTruthy(definition)) throw new WorkflowLoadError('The spec cannot be type of None.')
  if (typeof definition !== 'string') return buildWorkflow(definition, new SpecPlaces())
  const { value, places } = readDefinition(definition)
  return buildWorkflow(value, places)
}

function buildWorkflow(value: unknown, places: SpecPlaces): WorkflowSpec {
  const raw = withItemsWrittenOut(requireDefinition(value))
  return {
    input: inputsOf(getKey(raw, 'input')),
    vars: assignmentsOf(getKey(raw, 'vars')),
    output: assignmentsOf(getKey(raw, 'output')),
    tasks: tasksOf(getKey(raw, 'tasks')),
    places,
    raw,
  }
}

/** The texts are those that users of upstream see. */
function requireDefinition(value: unknown): Dict {
  if (isDict(value) && isTruthy(value)) return value
  if (isDict(value) || (Array.isArray(value) && value.length === 0)) {
    throw new WorkflowLoadError('The spec cannot be type of None.')
  }
  if (Array.isArray(value)) throw new WorkflowLoadError("'list' object has no attribute 'get'", 'AttributeError')
  if (typeof value !== 'string') {
    throw new WorkflowLoadError(`argument of type '${typeName(value)}' is not iterable`, 'TypeError')
  }
  if (value.includes('tasks')) throw new WorkflowLoadError("string indices must be integers, not 'str'", 'TypeError')
  throw new WorkflowLoadError('The spec is not type of json or yaml.')
}

/** `with: x in …` becomes `with: {items: x in …}`. */
function withItemsWrittenOut(definition: Dict): Dict {
  const tasks = getKey(definition, 'tasks')
  if (!isDict(tasks)) return definition
  const written = entriesOf(tasks).map(([name, task]): [unknown, unknown] => [
    name,
    inTask(name, () => taskWithItems(task)),
  ])
  return replaced(definition, 'tasks', dictFrom(written))
}

function taskWithItems(task: unknown): unknown {
  if (!isDict(task)) {
    if (typeof task === 'string' || Array.isArray(task)) return task
    throw new WorkflowLoadError(`argument of type '${typeName(task)}' is not iterable`, 'TypeError')
  }
  const items = hasKey(task, 'with') ? getKey(task, 'with') : null
  return typeof items === 'string' ? replaced(task, 'with', { items }) : task
}

function replaced(dict: Dict, key: string, value: unknown): Dict {
  return dictFrom(entriesOf(dict).map(([name, old]): [unknown, unknown] => [name, name === key ? value : old]))
}

function inputsOf(list: unknown): InputSpec[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((entry: unknown) => {
    if (!isDict(entry)) return [{ name: str(entry), default: null }]
    const first = entriesOf(entry)[0]
    return first === undefined ? [] : [{ name: str(first[0]), default: first[1] }]
  })
}

function tasksOf(tasks: unknown): Map<string, TaskSpec> {
  if (!isTruthy(tasks)) return new Map()
  if (!isDict(tasks)) {
    throw new WorkflowLoadError(`'${typeName(tasks)}' object has no attribute 'items'`, 'AttributeError')
  }
  return new Map(entriesOf(tasks).map(([name, task]) => [str(name), inTask(name, () => buildTask(str(name), task))]))
}

function inTask<T>(name: unknown, make: () => T): T {
  try {
    return make()
  } catch (cause) {
    if (!(cause instanceof WorkflowLoadError)) throw cause
    throw new WorkflowLoadError(cause.message, cause.pythonType, { cause, task: str(name) })
  }
}
