import type { Dict } from '@st2/python-values'
import type { ContextPath } from '../contexts/context-path.ts'
import { type Overlay, Variables } from '../contexts/variables.ts'
import { ACTIVE, type Status, UNSET } from '../machines/statuses.ts'
import type { TaskFacts } from '../machines/events.ts'
import { Staging } from './staging.ts'
import { StatusTally } from './status-tally.ts'
import { entryKey, type TaskEntry } from './task-entry.ts'
import { UndoLog } from './undo-log.ts'
import { WorkflowLog } from './workflow-log.ts'

const PAUSED: ReadonlySet<Status> = new Set(['paused', 'pending'])
const PAUSING: ReadonlySet<Status> = new Set(['pausing'])
const CANCELING: ReadonlySet<Status> = new Set(['canceling'])
const CANCELED: ReadonlySet<Status> = new Set(['canceled'])

/** Everything that changes while a workflow runs. Each change can be taken back until its event is decided. */
export class WorkflowState {
  readonly undo = new UndoLog()
  readonly staging = new Staging(this.undo)
  /** Variables that were set: first those at the start, then those of each publish. */
  readonly contexts: Dict[] = []
  /** The back references by which each route came about. */
  readonly routes: string[][] = []
  readonly sequence: TaskEntry[] = []
  /** The latest entry of each task and route. */
  readonly tasks = new Map<string, number>()
  readonly reruns: number[][] = []
  /** Starts of each task and route: what makes the ids of action executions. */
  readonly starts = new Map<string, number>()
  /** Results of the items of tasks that have not ended or may be rerun, by task and route, then by item. */
  readonly itemResults = new Map<string, Map<number, unknown>>()
  errors = new WorkflowLog(this.undo)
  log = new WorkflowLog(this.undo)
  status: Status = UNSET
  output: Dict | null = null
  readonly #tally = new StatusTally()

  setStatus(status: Status): void {
    this.undo.set<WorkflowState, 'status'>(this, 'status', status)
  }

  setOutput(output: Dict | null): void {
    this.undo.set<WorkflowState, 'output'>(this, 'output', output)
  }

  /** @returns its number */
  addContext(variables: Dict): number {
    this.undo.push(this.contexts, variables)
    return this.contexts.length - 1
  }

  /** @returns its number */
  addRoute(references: string[]): number {
    this.undo.push(this.routes, references)
    return this.routes.length - 1
  }

  /** The variables at the end of a path, with what stands over them. */
  variables(path: ContextPath, overlay: Overlay = {}): Variables {
    return new Variables(this.contexts[0] ?? {}, path.changes, overlay)
  }

  entryIndex(task: string, route: number): number | null {
    return this.tasks.get(entryKey(task, route)) ?? null
  }

  /** The latest entry of a task on a route. */
  entry(task: string, route: number): TaskEntry | null {
    const index = this.entryIndex(task, route)
    return index === null ? null : (this.sequence[index] ?? null)
  }

  /** Adds an entry, which is from now on the latest of its task and route. */
  addEntry(entry: TaskEntry): void {
    const key = entryKey(entry.id, entry.route)
    const old = this.tasks.get(key)
    if (old !== undefined) this.#retally(old, this.sequence[old]?.status, undefined)
    this.undo.push(this.sequence, entry)
    this.undo.put(this.tasks, key, this.sequence.length - 1)
    this.#retally(this.sequence.length - 1, undefined, entry.status)
  }

  setEntryStatus(entry: TaskEntry, status: Status): void {
    const index = this.entryIndex(entry.id, entry.route)
    if (index !== null && this.sequence[index] === entry) this.#retally(index, entry.status, status)
    this.undo.set(entry, 'status', status)
  }

  #retally(index: number, from: Status | undefined, to: Status | undefined): void {
    this.#tally.remove(from, index)
    this.#tally.add(to, index)
    this.undo.also(() => {
      this.#tally.remove(to, index)
      this.#tally.add(from, index)
    })
  }

  setItemResult(task: string, route: number, item: number, result: unknown): void {
    const key = entryKey(task, route)
    const results = this.itemResults.get(key) ?? new Map<number, unknown>()
    if (!this.itemResults.has(key)) this.undo.put(this.itemResults, key, results)
    this.undo.put(results, item, result)
  }

  /** By index, null where there is none. */
  resultsOfItems(task: string, route: number, count: number): unknown[] {
    const results = this.itemResults.get(entryKey(task, route))
    let last = -1
    for (const item of results?.keys() ?? []) last = Math.max(last, item)
    return Array.from({ length: Math.max(count, last + 1) }, (_, item) => results?.get(item) ?? null)
  }

  forgetItemResult(task: string, route: number, item: number): void {
    const results = this.itemResults.get(entryKey(task, route))
    if (results?.has(item) !== true) return
    const result = results.get(item)
    this.undo.also(() => results.set(item, result))
    results.delete(item)
  }

  forgetItemResults(task: string, route: number): void {
    const key = entryKey(task, route)
    const results = this.itemResults.get(key)
    if (results === undefined) return
    this.undo.also(() => this.itemResults.set(key, results))
    this.itemResults.delete(key)
  }

  get activeEntries(): TaskEntry[] {
    return this.#tally.indices(ACTIVE).flatMap((index) => this.sequence[index] ?? [])
  }

  get facts(): TaskFacts {
    return {
      hasActive: this.#tally.has(ACTIVE),
      hasPaused: this.#tally.has(PAUSED),
      hasPausing: this.#tally.has(PAUSING),
      hasCanceling: this.#tally.has(CANCELING),
      hasCanceled: this.#tally.has(CANCELED),
      hasStaged: this.staging.hasEligible,
    }
  }

  /** Entries whose contexts make the output, in the order of their start. */
  get terminal(): TaskEntry[] {
    return this.sequence.filter((entry) => entry.term === true)
  }
}
