import type { LookUpAnswer, LookUpRequest } from '@st2/expressions'
import type { RerunRequest } from '../conductor/rerun.ts'
import type { StartedAction } from '../conductor/start-task.ts'
import type { LogEntry } from '../state/workflow-log.ts'

/** What a run reacts to. */
export type RunEvent = RunOccurrence & EventCircumstances

export type RunOccurrence =
  /** The first of every run: the workflow is to run. */
  | { type: 'begin' }
  /** The action execution with this id has got a status; `result` once it has ended. */
  | { type: 'action'; id: string; status: string; result?: unknown }
  /** Somebody asks for a status: pausing, paused, resuming, canceled, failed. */
  | { type: 'request'; status: string }
  | { type: 'rerun'; tasks: readonly RerunRequest[] }
  /**
   * The platform could not do what was decided, or an event could not be decided: the workflow fails with this error. The action
   * execution at fault, if there is one, is not waited for, and its task has failed.
   */
  | { type: 'fault'; error: Omit<LogEntry, 'type'>; id?: string }

/** Time and chance are part of the event, so that it can be decided again. */
export interface EventCircumstances {
  /** Microseconds since 1970 UTC. Without it expressions that ask for the time fail. */
  at?: number
  /** Where the chance of expressions starts. Without it what is random fails. */
  seed?: number
}

/** What is to be done outside after an event. */
export type Effect =
  /** Starts an action execution under this id, or finds it started. */
  | ({ type: 'start' } & StartedAction)
  /** The workflow's status has changed. */
  | { type: 'status'; status: string }
  /** The workflow has ended, or its output has come to be. */
  | { type: 'output'; output: unknown }

export interface RecordedAnswer {
  request: LookUpRequest
  answer: LookUpAnswer
}

/** One row of a journal: what happened, the answers that were used, and what was decided. */
export interface JournalEntry {
  seq: number
  event: RunEvent
  answers: RecordedAnswer[]
  effects: Effect[]
}
