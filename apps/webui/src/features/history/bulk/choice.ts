import { create } from 'zustand'

/** Which executions are chosen. It outlives the page, so that nobody chooses again after looking at one of them. */
export interface Choice {
  /** Rows show whether they are chosen. */
  readonly isOn: boolean
  /** Somebody has chosen since the page was loaded: what was asked for may be under way when nothing is chosen any more. */
  readonly hasBegun: boolean
  readonly ids: ReadonlySet<string>
  /** Where a range begins: what was chosen, or no longer chosen, last. */
  readonly anchor: string | null
  /** The list that they are chosen from, as its filters are written. */
  readonly list: string
}

const NONE: Pick<Choice, 'ids' | 'anchor'> = { ids: new Set(), anchor: null }

export const useChoice = create<Choice>(() => ({ isOn: false, hasBegun: false, list: '', ...NONE }))

export function startChoosing(): void {
  useChoice.setState({ isOn: true, hasBegun: true })
}

/** What nobody sees chosen is not chosen. */
export function stopChoosing(): void {
  useChoice.setState({ isOn: false, ...NONE })
}

export function clearChoice(): void {
  useChoice.setState(NONE)
}

/** Another list begins with nothing chosen. */
export function choosesFrom(list: string): void {
  if (useChoice.getState().list !== list) useChoice.setState({ list, ...NONE })
}

/** Takes it in or out; `range`: with all from the last one on, in the order of the screen. */
export function choose(id: string, kind: 'one' | 'range', order: readonly string[]): void {
  useChoice.setState((choice) => ({
    isOn: true,
    hasBegun: true,
    ...(kind === 'one' ? flipped(choice, id) : ranged(choice, id, order)),
  }))
}

export function chooseAll(ids: readonly string[], isChosen: boolean): void {
  useChoice.setState((choice) => ({ ids: set(choice.ids, ids, isChosen), anchor: null }))
}

type Chosen = Pick<Choice, 'ids' | 'anchor'>

export function flipped({ ids }: Chosen, id: string): Chosen {
  return { ids: set(ids, [id], !ids.has(id)), anchor: id }
}

/** All of the range become what the last of them becomes. Where it begins may have left the screen. */
export function ranged(before: Chosen, id: string, order: readonly string[]): Chosen {
  const from = before.anchor === null ? -1 : order.indexOf(before.anchor)
  const to = order.indexOf(id)
  if (from < 0 || to < 0) return flipped(before, id)
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ids: set(before.ids, range, !before.ids.has(id)), anchor: id }
}

function set(ids: ReadonlySet<string>, changed: readonly string[], isChosen: boolean): ReadonlySet<string> {
  const after = new Set(ids)
  for (const id of changed) {
    if (isChosen) after.add(id)
    else after.delete(id)
  }
  return after
}
