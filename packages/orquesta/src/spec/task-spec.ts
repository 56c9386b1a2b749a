import { type Dict, dictFrom, getKey, isDict, isTruthy, str, typeName } from '@st2/python-values'
import { parseInlineParameters } from './inline-parameters.ts'
import { WorkflowLoadError } from './load-error.ts'
import { buildTransition } from './transition-spec.ts'
import type { ItemsSpec, RetrySpec, TaskSpec, TransitionSpec } from './workflow-spec.ts'

/** @throws WorkflowLoadError for what upstream can make no task of */
export function buildTask(name: string, written: unknown): TaskSpec {
  if (!/^[\p{L}\p{N}_]+$/u.test(name)) {
    throw new WorkflowLoadError(`'TaskMappingSpec' object has no attribute '${name}'`, 'AttributeError')
  }
  if (!isTruthy(written)) {
    throw new WorkflowLoadError(`'${typeName(written)}' object has no attribute 'has_items'`, 'AttributeError')
  }
  if (!isDict(written)) throw new WorkflowLoadError('The spec is not type of json or yaml.')
  return {
    name,
    ...actionOf(written),
    delay: getKey(written, 'delay') ?? null,
    join: getKey(written, 'join') ?? null,
    with: itemsOf(written),
    retry: retryOf(written),
    next: transitionsOf(written),
    raw: written,
  }
}

/** What a name stands for that is a command of the engine: a task with nothing to do. */
export function commandTask(name: string): TaskSpec {
  return { name, action: null, input: null, delay: null, join: null, with: null, retry: null, next: [], raw: { name } }
}

/** Inline parameters take the place of the input, all of it. */
function actionOf(task: Dict): Pick<TaskSpec, 'action' | 'input'> {
  const action = getKey(task, 'action') ?? null
  const input = getKey(task, 'input') ?? null
  const inline = typeof action === 'string' ? parseInlineParameters(action) : []
  if (typeof action !== 'string' || inline.length === 0) return { action, input }
  const end = action.indexOf(' ')
  if (end === -1) throw new WorkflowLoadError('substring not found')
  return { action: action.slice(0, end), input: dictFrom(inline) }
}

function itemsOf(task: Dict): ItemsSpec | null {
  const written = getKey(task, 'with') ?? null
  if (written === null) return null
  if (!isTruthy(written)) return { items: null, concurrency: null }
  requireMapping(written, 'items')
  const items = getKey(written, 'items') ?? null
  return { items: items === null ? null : str(items), concurrency: getKey(written, 'concurrency') ?? null }
}

function retryOf(task: Dict): RetrySpec | null {
  const written = getKey(task, 'retry')
  if (!isTruthy(written)) return null
  requireMapping(written, 'get')
  const when = getKey(written, 'when') ?? null
  return {
    when: when === null ? null : str(when),
    count: getKey(written, 'count') ?? null,
    delay: getKey(written, 'delay') ?? null,
  }
}

function requireMapping(written: unknown, attribute: string): asserts written is Dict {
  if (isDict(written)) return
  throw new WorkflowLoadError(`'${typeName(written)}' object has no attribute '${attribute}'`, 'AttributeError')
}

function transitionsOf(task: Dict): TransitionSpec[] {
  const written = getKey(task, 'next')
  if (!isTruthy(written)) return []
  if (!Array.isArray(written)) throw new WorkflowLoadError('The spec is not type of list.')
  return written.map((transition: unknown, index) => buildTransition(transition, index))
}
