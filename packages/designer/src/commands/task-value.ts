import type { Entry } from '../model/workflow-model.ts'
import type { InputValue, TaskFields } from './designer-command.ts'

/** The value of `input` as it is written. */
export function inputValue(input: InputValue): unknown {
  if (typeof input === 'string') return input
  return isEntries(input) ? entriesMap(input) : input
}

function entriesMap(entries: readonly Entry[]): Map<string, unknown> {
  return new Map(entries.map(({ name, value }) => [name, value]))
}

/** `with`: its short form where that says all of it. */
export function itemsValue(items: NonNullable<TaskFields['with']>): unknown {
  if (typeof items === 'string') return items
  return items.concurrency === undefined || items.concurrency === null ? items.items : items
}

/** A new task's value, its keys in their usual order. */
export function taskValue({ action, with: items, input, delay, retry, join }: TaskFields): Map<string, unknown> {
  const fields: [string, unknown][] = [
    ['action', action],
    ['with', items === undefined ? undefined : itemsValue(items)],
    ['input', input === undefined ? undefined : inputValue(input)],
    ['delay', delay],
    ['retry', retry],
    ['join', join],
  ]
  return new Map(fields.filter(([, value]) => value !== undefined && value !== null))
}

function isEntries(input: InputValue): input is readonly Entry[] {
  return Array.isArray(input)
}
