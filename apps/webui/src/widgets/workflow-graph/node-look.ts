import type { Tone } from '../../ui/Badge.tsx'
import type { IconName } from '../../ui/Icon.tsx'

/** How a task is drawn: what it is and how it stands. */
export interface NodeLook {
  readonly tone: Tone
  readonly icon: IconName
  readonly spins: boolean
  /** The state in a word. */
  readonly word: string
  /** ms; null: it has not started, or goes on. */
  readonly start: number | null
  readonly end: number | null
  /** Of the items: how many are done, and how many there are. */
  readonly items: { readonly done: number; readonly bad: number; readonly total: number } | null
  /** `attempt 2`, `3 runs`: what else is to be known at a glance. */
  readonly note: string | null
  /** Nothing leads there in this run. */
  readonly isFaint: boolean
}

/** Whether a line was taken: `open` is not decided yet. */
export type EdgeState = 'taken' | 'refused' | 'open'
