import type { ContextPath } from '../contexts/context-path.ts'
import type { Status } from '../machines/statuses.ts'

export interface RetryState {
  when: unknown
  count: unknown
  delay?: unknown
  /** Attempts after the first. */
  tally: number
}

/**
 * One run of a task, in the shape that expressions see (`__state.sequence`). Attempts of a retry share an entry, rounds of a
 * cycle and reruns have their own.
 */
export interface TaskEntry {
  readonly id: string
  readonly route: number
  /** Numbers of contexts: those it starts with, and the one that its last publish made. */
  readonly ctxs: { in: number[]; out?: Record<string, number> }
  /** By back reference: the entry in `sequence` that led here. */
  readonly prev: Record<string, number>
  /** By edge: whether it was taken. */
  readonly next: Record<string, boolean>
  retry?: RetryState
  /** Absent until the first event. */
  status?: Status
  /** Its contexts are part of what the output is made of. */
  term?: boolean
  /** The same as `ctxs.in`; hidden from expressions. */
  readonly [INBOUND]: ContextPath
  [PUBLISHED]: Record<string, number> | null
}

export const INBOUND = Symbol('inbound contexts')
export const PUBLISHED = Symbol('published context')

export function taskEntry(id: string, route: number, inbound: ContextPath, prev: Record<string, number>): TaskEntry {
  return {
    id,
    route,
    get ctxs() {
      const out = this[PUBLISHED]
      return { in: this[INBOUND].rows(), ...(out === null ? {} : { out }) }
    },
    prev,
    next: {},
    [INBOUND]: inbound,
    [PUBLISHED]: null,
  }
}

/** `<task>__r<route>` */
export function entryKey(task: string, route: number): string {
  return `${task}__r${route}`
}
