import {
  compareText,
  dictFrom,
  isFloat,
  isInt,
  isOrdered,
  isTruthy,
  PyTuple,
  PythonTypeError,
  typeName,
} from '@st2/python-values'
import { plainValue } from '../contexts/plain-value.ts'
import type { Variables } from '../contexts/variables.ts'
import { splitItems } from '../spec/items-pattern.ts'
import { commandTask } from '../spec/task-spec.ts'
import type { ItemsSpec, TaskSpec } from '../spec/workflow-spec.ts'
import { WorkflowLimitError } from './errors.ts'
import type { Score } from './score.ts'
import type { ActionRequest } from './task-request.ts'

/** The definition of a task or of a command that a rerun has brought here. */
export function specOf({ spec }: Score, task: string): TaskSpec {
  return spec.tasks.get(task) ?? commandTask(task)
}

/** What the action of a task without items is. */
export function renderAction(
  { fields }: Score,
  spec: TaskSpec,
  variables: Variables,
  item: number | null,
): ActionRequest {
  return {
    action: plainValue(fields.evaluate(spec.action, variables)),
    input: plainValue(fields.evaluate(spec.input, variables)),
    item,
  }
}

/** The items' values, bound to their names. @throws PythonTypeError when they are no list */
export function renderItems({ fields, limits }: Score, { items }: ItemsSpec, variables: Variables): unknown[] {
  if (items === null) throw new PythonTypeError("argument of type 'NoneType' is not iterable")
  const { names, expression } = splitItems(items)
  const list = fields.evaluate(expression, variables)
  if (!Array.isArray(list) || list instanceof PyTuple) {
    throw new PythonTypeError(`The value of "${expression}" is not type of list.`)
  }
  if (list.length > limits.items) throw new WorkflowLimitError('items of a task', limits.items, 'max_items')
  return list.map((item: unknown) => bound(plainValue(item), names))
}

function bound(item: unknown, names: readonly string[] | null): unknown {
  if (names === null) return item
  if (Array.isArray(item)) return dictFrom(names.slice(0, item.length).map((name, at) => [name, item[at]]))
  const [name, ...others] = names
  return name !== undefined && others.length === 0 ? { [name]: item } : item
}

/** Seconds, or null where none are asked for. */
export function renderDelay({ fields }: Score, { delay }: TaskSpec, variables: Variables): number | null {
  if (!isTruthy(delay)) return null
  const seconds = typeof delay === 'string' ? fields.evaluate(delay, variables) : delay
  if (isInt(seconds) || typeof seconds === 'boolean') return Number(seconds)
  throw new PythonTypeError('The value of task delay is not type of integer.')
}

/** How many items may run at the same time; null: all. */
export function renderConcurrency({ fields }: Score, { concurrency }: ItemsSpec, variables: Variables): number | null {
  const most = fields.evaluate(concurrency, variables)
  if (most === null || most === undefined) return null
  if (isOrdered(most, '<=', 0)) return 1
  if (isInt(most) || typeof most === 'boolean') return Number(most)
  if (isFloat(most)) {
    throw new PythonTypeError('slice indices must be integers or None or have an __index__ method')
  }
  throw new PythonTypeError(`'<=' not supported between instances of '${typeName(most)}' and 'int'`)
}

/** Retry delays have been rendered when the task was first started. */
export function retryDelay(delay: unknown): number {
  return isInt(delay) || typeof delay === 'boolean' ? Number(delay) : 0
}

export function byTaskAndRoute(left: { id: string; route: number }, right: { id: string; route: number }): number {
  return compareText(left.id, right.id) || left.route - right.route
}
