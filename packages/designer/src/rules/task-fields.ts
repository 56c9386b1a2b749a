import type { InputValue, ItemsValue, TaskField } from '../commands/designer-command.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'

/** A field and a value that it can have; null takes it away. */
export type GivenField =
  | { field: 'action'; value: string | null }
  | { field: 'input'; value: InputValue | null }
  | { field: 'with'; value: ItemsValue | string | null }
  | { field: 'join' | 'delay' | 'retry'; value: unknown }

/** @throws EditRefusal for what the language has no meaning for */
export function requireFieldValue(field: TaskField, value: unknown): GivenField {
  const given = value === undefined ? null : value
  if (given === '') throw new EditRefusal(`${field} may not be empty: take it away instead.`)
  switch (field) {
    case 'action':
      if (given === null || typeof given === 'string') return { field, value: given }
      throw new EditRefusal('action: the name of an action was expected.')
    case 'input':
      return { field, value: inputOf(given) }
    case 'with':
      return { field, value: itemsOf(given) }
    case 'join':
      if (given === null || given === 'all' || isCount(given)) return { field, value: given }
      throw new EditRefusal('join: "all" or a number from 0 on was expected.')
    case 'delay':
      if (given === null || typeof given === 'string' || isCount(given)) return { field, value: given }
      throw new EditRefusal('delay: seconds or an expression was expected.')
    case 'retry':
      return { field, value: retryOf(given) }
    default:
      throw new EditRefusal(`"${String(field)}" is no field of a task.`)
  }
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function inputOf(value: unknown): InputValue | null {
  if (value === null || typeof value === 'string' || isObject(value)) return value
  if (Array.isArray(value) && value.every(isEntry))
    return value.map(({ name, value: inner }) => ({ name, value: inner }))
  throw new EditRefusal('input: named values or one expression was expected.')
}

function isEntry(item: unknown): item is { name: string; value: unknown } {
  return isObject(item) && typeof item.name === 'string'
}

function itemsOf(value: unknown): ItemsValue | string | null {
  if (value === null || typeof value === 'string') return value
  if (!isObject(value) || typeof value.items !== 'string' || value.items === '') {
    throw new EditRefusal('with: items was expected, such as "x in <% ctx(list) %>".')
  }
  const { items, concurrency = null } = value
  if (concurrency !== null && typeof concurrency !== 'string' && !isCount(concurrency)) {
    throw new EditRefusal('with: concurrency: a number from 0 on or an expression was expected.')
  }
  return concurrency === null || concurrency === '' ? { items } : { items, concurrency }
}

function retryOf(value: unknown): unknown {
  if (value === null) return null
  if (!isObject(value) || value.count === undefined || value.count === null || value.count === '') {
    throw new EditRefusal('retry: count was expected: how often to try again.')
  }
  const order = ['when', 'count', 'delay']
  const names = [...new Set([...order, ...Object.keys(value)])]
  return new Map(
    names.flatMap((name): [string, unknown][] => {
      const inner = value[name]
      return inner === undefined || inner === null || inner === '' ? [] : [[name, inner]]
    }),
  )
}
