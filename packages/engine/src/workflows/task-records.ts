import type { TaskExecution, WorkflowEvent, WorkflowExecution } from '@st2/model'
import { timestampOf } from '../ports/timestamp.ts'
import { childId, taskExecutionId } from './workflow-ids.ts'

/** An id of an action, taken apart: names of tasks hold no dots. */
export interface ActionName {
  readonly task: string
  readonly route: number
  readonly run: number
  readonly item: number | null
}

export function actionName(id: string): ActionName {
  const [task = '', route = '0', run = '0', item] = id.split('.')
  return { task, route: Number(route), run: Number(run), item: item === undefined ? null : Number(item) }
}

export function actionId({ task, route, run, item }: ActionName): string {
  return [task, route, run, ...(item === null ? [] : [item])].join('.')
}

interface Draft {
  readonly name: ActionName
  readonly startedAt: number
  delay: number | undefined
  readonly items: (ItemRecord | null)[] | null
  /** Without items. */
  status: string
  result: unknown
  /** Of items that of the one heard of last. */
  endedAt: number | null
}

type RerunTask = NonNullable<WorkflowEvent['event']['tasks']>[number]

interface ItemRecord {
  readonly status: string
  readonly result: unknown
}

const ENDED = ['succeeded', 'failed', 'timeout', 'abandoned', 'canceled']

/**
 * Runs of tasks, read from the rows of a journal in their order. A run of an items task has a result with a slot for each item
 * that was started, and when items that failed are run again, for each that succeeded before; one without an action leaves no
 * trace in rows and is not here.
 *
 * @source orquesta.md 20, 23
 */
export class TaskRecords {
  readonly #record: WorkflowExecution
  readonly #drafts = new Map<string, Draft>()
  /** The newest of them of a task on a route, by `<task>.<route>`. */
  readonly #newest = new Map<string, Draft>()
  /** Items that the next run of a task on a route takes over from the one before, by `<task>.<route>`. */
  readonly #kept = new Map<string, (ItemRecord | null)[]>()
  readonly #actions: string[] = []

  constructor(record: WorkflowExecution) {
    this.#record = record
  }

  /** @param result of the row's action, loaded */
  add(row: Pick<WorkflowEvent, 'at' | 'event' | 'effects'>, result: unknown): void {
    if (row.event.type === 'action') this.#acted(row.event.id ?? '', row.event.status ?? '', result, row.at)
    if (row.event.type === 'rerun') for (const request of row.event.tasks ?? []) this.#keepItems(request)
    for (const { type, id, delay } of row.effects) if (type === 'start') this.#started(id ?? '', delay ?? null, row.at)
  }

  /** Ids of the executions that were to be started. */
  get executions(): ReadonlySet<string> {
    return new Set(this.#actions.map((id) => childId(this.#record, id)))
  }

  /** Newest last. */
  get all(): TaskExecution[] {
    return [...this.#drafts.values()].map((draft) => this.#recordOf(draft))
  }

  /** The newest run of a task on a route. */
  latest(task: string, route: number): TaskExecution | null {
    const found = this.#newest.get(routeKey({ task, route }))
    return found === undefined ? null : this.#recordOf(found)
  }

  #keepItems({ task, route = 0, resetItems = false }: RerunTask): void {
    const key = routeKey({ task, route })
    const items = this.#newest.get(key)?.items ?? []
    this.#kept.delete(key)
    // Where none of them failed all run again.
    if (resetItems || items.every(hasSucceeded)) return
    this.#kept.set(
      key,
      items.map((item) => (hasSucceeded(item) ? item : null)),
    )
  }

  #takeKept(name: ActionName): (ItemRecord | null)[] {
    const key = routeKey(name)
    const kept = this.#kept.get(key) ?? []
    this.#kept.delete(key)
    return kept
  }

  #started(id: string, delay: number | null, at: number): void {
    this.#actions.push(id)
    const name = actionName(id)
    const key = runKey(name)
    const known = this.#drafts.get(key)
    const draft: Draft = known ?? {
      name,
      startedAt: at,
      delay: delay ?? undefined,
      items: name.item === null ? null : this.#takeKept(name),
      status: 'running',
      result: undefined,
      endedAt: null,
    }
    if (known === undefined) {
      this.#drafts.set(key, draft)
      this.#newest.set(routeKey(name), draft)
    }
    if (draft.items !== null && name.item !== null) {
      while (draft.items.length <= name.item) draft.items.push(null)
    }
  }

  #acted(id: string, status: string, result: unknown, at: number): void {
    const name = actionName(id)
    const draft = this.#drafts.get(runKey(name))
    if (draft === undefined) return
    const hasEnded = ENDED.includes(status)
    draft.endedAt = hasEnded ? at : null
    if (draft.items !== null && name.item !== null) {
      draft.items[name.item] = { status, result: hasEnded ? result : null }
      return
    }
    draft.status = status
    if (hasEnded) draft.result = result
  }

  #recordOf(draft: Draft): TaskExecution {
    const { name, startedAt, delay, items, result, endedAt } = draft
    const { task, route, run } = name
    const status = items === null ? draft.status : statusOf(items)
    const isOver = endedAt !== null && ENDED.includes(status)
    return {
      id: taskExecutionId(this.#record, task, route, run),
      workflow_execution: this.#record.id,
      task_name: task,
      task_id: task,
      task_route: route,
      status,
      delay,
      itemized: items !== null,
      items_count: items?.length,
      result: items === null ? result : { items: [...items] },
      start_timestamp: timestampOf(Math.floor(startedAt / 1000)),
      end_timestamp: isOver ? timestampOf(Math.floor(endedAt / 1000)) : undefined,
    }
  }
}

function statusOf(items: readonly (ItemRecord | null)[]): string {
  if (!items.every((item) => item !== null && ENDED.includes(item.status))) return 'running'
  return items.every(hasSucceeded) ? 'succeeded' : 'failed'
}

function hasSucceeded(item: ItemRecord | null): boolean {
  return item?.status === 'succeeded'
}

function routeKey({ task, route }: Pick<ActionName, 'task' | 'route'>): string {
  return `${task}.${route}`
}

/** The run of a task that an action belongs to, by itself or as one of its items. */
export function runKey({ task, route, run }: Pick<ActionName, 'task' | 'route' | 'run'>): string {
  return `${routeKey({ task, route })}.${run}`
}
