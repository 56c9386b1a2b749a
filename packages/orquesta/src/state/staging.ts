import type { ContextPath } from '../contexts/context-path.ts'
import type { ItemProgress } from './item-progress.ts'
import { entryKey, type RetryState } from './task-entry.ts'
import type { UndoLog } from './undo-log.ts'

/** A task that waits to be started, or whose items are on their way. */
export interface StagedTask {
  readonly id: string
  readonly route: number
  contexts: ContextPath
  /** By back reference: the entry in `sequence` that led here. */
  prev: Record<string, number>
  /** Whether it may be started; a join that waits is not. */
  ready: boolean
  retry?: RetryState
  items?: ItemProgress
  /** What the items are, evaluated once: an item is known by its place in this list. */
  values?: readonly unknown[]
  /** All items have ended and some badly: kept for a rerun. */
  completed?: boolean
  /** Runs although the workflow has failed. */
  runOnFail?: boolean
  /** The run of the task that its items are started in, once one was. */
  run?: number
  /** The first run whose items count: those of earlier attempts do not. */
  since?: number
}

/** The staged tasks in their order, found by task and route, with those counted that could start. */
export class Staging {
  readonly #undo: UndoLog
  #all = new Set<StagedTask>()
  readonly #byKey = new Map<string, StagedTask[]>()
  readonly #ages = new WeakMap<StagedTask, number>()
  #added = 0
  #eligible = 0

  constructor(undo: UndoLog) {
    this.#undo = undo
  }

  get all(): Iterable<StagedTask> {
    return this.#all
  }

  get hasEligible(): boolean {
    return this.#eligible > 0
  }

  eligible(): StagedTask[] {
    return this.hasEligible ? [...this.#all].filter(isEligible) : []
  }

  /** The one staged first, if a rerun staged it twice. */
  find(task: string, route: number): StagedTask | null {
    return this.#byKey.get(entryKey(task, route))?.[0] ?? null
  }

  add(task: StagedTask): void {
    this.#ages.set(task, this.#added++)
    this.#insert(task)
    this.#undo.also(() => this.#delete(task))
  }

  #insert(task: StagedTask): void {
    this.#all.add(task)
    const key = entryKey(task.id, task.route)
    const same = this.#byKey.get(key)
    if (same === undefined) this.#byKey.set(key, [task])
    else same.push(task)
    if (isEligible(task)) this.#eligible++
  }

  remove(task: StagedTask): void {
    this.#delete(task)
    this.#undo.also(() => this.#restore(task))
  }

  /** Back to its old place. */
  #restore(task: StagedTask): void {
    this.#insert(task)
    const byAge = (left: StagedTask, right: StagedTask) => (this.#ages.get(left) ?? 0) - (this.#ages.get(right) ?? 0)
    this.#all = new Set([...this.#all].sort(byAge))
    this.#byKey.get(entryKey(task.id, task.route))?.sort(byAge)
  }

  #delete(task: StagedTask): void {
    if (!this.#all.delete(task)) return
    const key = entryKey(task.id, task.route)
    const same = (this.#byKey.get(key) ?? []).filter((other) => other !== task)
    if (same.length === 0) this.#byKey.delete(key)
    else this.#byKey.set(key, same)
    if (isEligible(task)) this.#eligible--
  }

  /** Changes fields of a staged task; `undefined` takes one away. */
  change(task: StagedTask, fields: Partial<StagedTask>): void {
    const old = { ...task }
    this.#assign(task, fields)
    this.#undo.also(() => this.#assign(task, { ...NOTHING, ...old }))
  }

  #assign(task: StagedTask, fields: Partial<StagedTask>): void {
    const wasEligible = isEligible(task)
    Object.assign(task, fields)
    for (const name of OPTIONAL) if (task[name] === undefined) delete task[name]
    this.#eligible += Number(isEligible(task)) - Number(wasEligible)
  }
}

const OPTIONAL = ['retry', 'items', 'values', 'completed', 'runOnFail', 'run', 'since'] as const
const NOTHING = {
  retry: undefined,
  items: undefined,
  values: undefined,
  completed: undefined,
  runOnFail: undefined,
  run: undefined,
  since: undefined,
}

function isEligible(task: StagedTask): boolean {
  return task.ready && task.completed !== true
}
