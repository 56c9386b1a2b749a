import type { Execution } from '@st2/model'

/** Where in a workflow an execution belongs. */
export interface OrquestaPlace {
  readonly taskExecution: string
  readonly task: string
  readonly route: number
  /** Number of the item; null for a task without items. */
  readonly item: number | null
}

export function placeOf({ context }: Pick<Execution, 'context'>): OrquestaPlace | null {
  const place = recordIn(context, 'orquesta')
  if (place === null) return null
  const { task_execution_id: taskExecution, task_name: task, task_route: route, item_id: item } = place
  if (typeof taskExecution !== 'string' || typeof task !== 'string') return null
  return { taskExecution, task, route: Number(route ?? 0), item: typeof item === 'number' ? item : null }
}

export function chainTaskOf({ context }: Pick<Execution, 'context'>): string | null {
  const name = recordIn(context, 'chain')?.['name']
  return typeof name === 'string' ? name : null
}

/** `task`, or `task, item 3`: items are counted from 1 for people. */
export function taskTitle(execution: Pick<Execution, 'context'>): string | null {
  const place = placeOf(execution)
  if (place === null) return chainTaskOf(execution)
  return place.item === null ? place.task : `${place.task}, item ${place.item + 1}`
}

function recordIn(context: Execution['context'], name: string): Readonly<Record<string, unknown>> | null {
  const value = context?.[name]
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
}
