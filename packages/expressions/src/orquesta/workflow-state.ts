import {
  getKey,
  isDict,
  isInt,
  isOrdered,
  isTruthy,
  PythonIndexError,
  PythonKeyError,
  PythonTypeError,
  repr,
  str,
  typeName,
} from '@st2/python-values'
import { ExpressionEvaluationError } from './errors.ts'

/** `container[key]` as Python's functions see it. */
export function subscript(container: unknown, key: string | number): unknown {
  if (isDict(container)) {
    const value = getKey(container, key)
    if (value === undefined) throw new PythonKeyError(repr(key))
    return value
  }
  if (!Array.isArray(container) && typeof container !== 'string') {
    throw new PythonTypeError(`'${typeName(container)}' object is not subscriptable`)
  }
  if (typeof key === 'string') throw wrongIndex(container)
  const item: unknown = typeof container === 'string' ? Array.from(container).at(key) : container.at(key)
  if (item === undefined) throw new PythonIndexError(`${typeName(container)} index out of range`)
  return item
}

function wrongIndex(container: unknown): PythonTypeError {
  return typeof container === 'string'
    ? new PythonTypeError("string indices must be integers, not 'str'")
    : new PythonTypeError(`${typeName(container)} indices must be integers or slices, not str`)
}

/** `container[key] or {}`, and `{}` where the key is missing. */
function part(container: unknown, key: string): unknown {
  if (isDict(container) && getKey(container, key) === undefined) return {}
  const value = subscript(container, key)
  return isTruthy(value) ? value : {}
}

/** @source orquesta: orquesta/expressions/functions/workflow.py _get_current_task */
export function currentTask(context: unknown): unknown {
  if (!isTruthy(context)) throw new ExpressionEvaluationError('The context is not set.')
  const task = part(context, '__current_task')
  if (!isTruthy(task)) throw new ExpressionEvaluationError('The current task is not set in the context.')
  return task
}

/** Status of a task that has not run. */
const UNSET = 'null'

/** @source orquesta: orquesta/expressions/functions/workflow.py task_status_ */
export function taskStatus(context: unknown, task: unknown, given: unknown): unknown {
  if (!isTruthy(context)) return UNSET
  const entry = findEntry(context, task, given ?? currentRoute(context))
  return isDict(entry) ? (getKey(entry, 'status') ?? UNSET) : UNSET
}

/** Route of the current task; the first one without a task. */
function currentRoute(context: unknown): unknown {
  const task = part(context, '__current_task')
  return isDict(task) ? (getKey(task, 'route') ?? 0) : subscript(task, 'route')
}

/**
 * The latest entry of a task on a route, or on an earlier route that the current one contains, the longest first.
 *
 * @returns null when the task has not run there
 */
export function findEntry(context: unknown, task: unknown, startRoute: unknown): unknown {
  const state = part(context, '__state')
  const tasks = member(state, 'tasks')
  let route: unknown = startRoute
  for (;;) {
    const index = isDict(tasks) ? (getKey(tasks, `${str(task)}__r${str(route)}`) ?? null) : null
    if (index !== null) return entryAt(member(state, 'sequence'), index)
    const earlier = earlierRoute(state, route)
    if (earlier === null) return null
    route = earlier
  }
}

function member(container: unknown, key: string): unknown {
  const value = isDict(container) ? getKey(container, key) : undefined
  return isTruthy(value) ? value : null
}

function entryAt(sequence: unknown, index: unknown): unknown {
  return subscript(sequence ?? [], Number(index))
}

function earlierRoute(state: unknown, route: unknown): number | null {
  if (!isOrdered(route, '>', 0)) return null
  if (!isInt(route)) throw new PythonTypeError(`list indices must be integers or slices, not ${typeName(route)}`)
  const routes = subscript(state, 'routes')
  const current = routeNames(subscript(routes, Number(route)))
  for (let at = Number(route) - 1; at >= 0; at--) {
    const names = routeNames(subscript(routes, at))
    if ([...names].every((name) => current.has(name))) return at
  }
  return null
}

function routeNames(route: unknown): Set<unknown> {
  if (Array.isArray(route)) return new Set<unknown>(route)
  throw new PythonTypeError(`'${typeName(route)}' object is not iterable`)
}
