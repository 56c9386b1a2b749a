import type { UndoLog } from '../state/undo-log.ts'

/** Which task an action execution belongs to. */
export interface RunningAction {
  task: string
  route: number
  item: number | null
  run: number
}

/** The action executions that were asked for and have not ended, by id. */
export class RunningActions {
  readonly #undo: UndoLog
  readonly #actions: Map<string, RunningAction>

  constructor(undo: UndoLog, actions: Iterable<readonly [string, RunningAction]> = []) {
    this.#undo = undo
    this.#actions = new Map(actions)
  }

  get all(): Iterable<[string, RunningAction]> {
    return this.#actions
  }

  get size(): number {
    return this.#actions.size
  }

  get(id: string): RunningAction | null {
    return this.#actions.get(id) ?? null
  }

  add(id: string, action: RunningAction): void {
    this.#undo.put(this.#actions, id, action)
  }

  remove(id: string): void {
    const action = this.#actions.get(id)
    if (action === undefined) return
    this.#undo.also(() => this.#actions.set(id, action))
    this.#actions.delete(id)
  }
}
