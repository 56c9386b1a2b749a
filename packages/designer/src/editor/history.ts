import type { Changes } from '../commands/designer-command.ts'

/** What takes a step back, and what does it again. */
export interface HistoryStep {
  label: string
  group: string | null
  undo: Changes
  redo: Changes
}

/** Steps that are remembered; the oldest is forgotten first. */
export const MAX_STEPS = 1000

/** Steps back and forth. Those that follow each other in one group are one. */
export class EditHistory {
  #done: HistoryStep[] = []
  #undone: HistoryStep[] = []
  #isGroupOpen = false

  get nextUndo(): HistoryStep | null {
    return this.#done.at(-1) ?? null
  }

  get nextRedo(): HistoryStep | null {
    return this.#undone.at(-1) ?? null
  }

  /** @param merge both steps as one, the second after the first */
  push(step: HistoryStep, merge: (first: HistoryStep, second: HistoryStep) => HistoryStep): void {
    const last = this.nextUndo
    const isSameGroup = this.#isGroupOpen && step.group !== null && last?.group === step.group
    if (isSameGroup && last !== null) this.#done[this.#done.length - 1] = merge(last, step)
    else this.#done.push(step)
    if (this.#done.length > MAX_STEPS) this.#done.shift()
    this.#undone = []
    this.#isGroupOpen = true
  }

  endGroup(): void {
    this.#isGroupOpen = false
  }

  takeUndo(): HistoryStep | null {
    this.endGroup()
    const step = this.#done.pop() ?? null
    if (step !== null) this.#undone.push(step)
    return step
  }

  takeRedo(): HistoryStep | null {
    this.endGroup()
    const step = this.#undone.pop() ?? null
    if (step !== null) this.#done.push(step)
    return step
  }

  clear(): void {
    this.#done = []
    this.#undone = []
    this.endGroup()
  }
}
