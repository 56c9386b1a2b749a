import { MissingAnswerError } from '@st2/expressions'
import type { ExecutionDocument, WorkflowEvent, WorkflowExecution } from '@st2/model'
import {
  COMPLETED,
  type JournalEntry,
  type RecordedAnswer,
  type RerunRequest,
  type RunEvent,
  UnknownActionError,
  type WorkflowRun,
} from '@st2/orquesta'
import { PythonError } from '@st2/python-values'
import type { Sealer } from '../datastore/encryption-key.ts'
import type { ResultStore, StoredResult } from '../executions/result-store.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Log } from '../ports/log.ts'
import { type AnswerDeps, answerLookUp, type TaskLookUp } from './answer-look-ups.ts'
import { addDeciphered, occurrenceOf, rowOf, type StartEffect } from './journal-rows.ts'
import { actionName, TaskRecords } from './task-records.ts'
import type { WorkflowSecrets } from './workflow-secrets.ts'
import type { WorkflowStore } from './workflow-store.ts'

/** What a workflow is to react to. */
export type Occurrence =
  | { readonly type: 'begin' }
  | ActionOccurrence
  | { readonly type: 'request'; readonly status: string }
  | { readonly type: 'rerun'; readonly tasks: readonly RerunRequest[]; readonly execution: string }
  | { readonly type: 'fault'; readonly start: StartEffect; readonly message: string }

export interface ActionOccurrence {
  readonly type: 'action'
  readonly id: string
  readonly status: string
  readonly result?: StoredResult | undefined
  /** It is over and not stored yet: it is stored together with the row that tells of its end. */
  readonly finished?: ExecutionDocument | undefined
  /** Of that, what was decided. */
  readonly start?: StartEffect | undefined
}

export interface Decided {
  readonly occurrence: Occurrence
  readonly entry: JournalEntry
  readonly row: WorkflowEvent
}

export interface DecisionDeps {
  readonly workflows: WorkflowStore
  readonly results: ResultStore
  readonly sealer: Sealer
  readonly answers: AnswerDeps
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
}

/** Look-ups of one event. */
const MAX_LOOK_UPS = 1000

/**
 * Applies occurrences to a run in memory, with the answers that its expressions ask for, and makes the rows that tell of it. What is
 * decided is ahead of the store until `stored` is called; where its rows do not get there, the run is not to be used any more.
 */
export class Decisions {
  readonly run: WorkflowRun
  /** What the workflow was given in confidence so far. */
  readonly secrets: WorkflowSecrets
  readonly #deps: DecisionDeps
  readonly #record: WorkflowExecution
  /** Read when an expression asks for a task, then kept up with what is decided. */
  #records: TaskRecords | null = null
  #unstored: Decided[] = []

  constructor(deps: DecisionDeps, record: WorkflowExecution, run: WorkflowRun, secrets: WorkflowSecrets) {
    this.#deps = deps
    this.#record = record
    this.run = run
    this.secrets = secrets
  }

  /** What was decided and is not known to be stored, in its order; it grows with what is decided. */
  get unstored(): readonly Decided[] {
    return this.#unstored
  }

  stored(): void {
    this.#unstored = []
  }

  /** `refused`: the workflow cannot do what somebody asked it for. */
  async decide(occurrence: Occurrence): Promise<'decided' | 'ignored' | 'refused'> {
    // It was asked for while another engine brought the workflow to its end.
    if (occurrence.type === 'request' && this.run.hasBegun && COMPLETED.has(this.run.conductor.status)) return 'ignored'
    const circumstances = { at: this.#deps.clock.now() * 1000, seed: seedOf(this.#deps.ids) }
    const event: RunEvent = { ...(await this.#eventOf(occurrence)), ...circumstances }
    const entry = await this.#apply(event)
    if (typeof entry === 'string') return entry
    const result = occurrence.type === 'action' ? occurrence.result : undefined
    const execution = occurrence.type === 'rerun' ? occurrence.execution : undefined
    const row = rowOf({ sealer: this.#deps.sealer, secrets: this.secrets }, this.#record, entry, { result, execution })
    this.#unstored.push({ occurrence, entry, row })
    // They know of the event already: only what it started is new.
    this.#records?.add({ ...row, event: { type: 'begin' } }, null)
    return 'decided'
  }

  async #eventOf(occurrence: Occurrence): Promise<RunEvent> {
    switch (occurrence.type) {
      case 'action': {
        const { id, status, result } = occurrence
        if (result !== undefined) this.secrets.addResultOf(this.#deps.results, id, result)
        return { type: 'action', id, status, ...(result === undefined ? {} : { result: await this.#value(result) }) }
      }
      case 'rerun':
        return { type: 'rerun', tasks: occurrence.tasks }
      case 'fault': {
        const { start, message } = occurrence
        return {
          type: 'fault',
          error: { message: this.secrets.mask(message), task_id: start.task, route: start.route },
        }
      }
      default:
        return occurrence
    }
  }

  #value(result: StoredResult): Promise<unknown> {
    return this.#deps.results.reveal(result)
  }

  /** What the workflow itself gets wrong becomes a fault of it. */
  async #apply(event: RunEvent): Promise<JournalEntry | 'ignored' | 'refused'> {
    if (this.#records !== null) addOccurrence(this.#records, event)
    const answers: RecordedAnswer[] = []
    for (;;) {
      try {
        return this.run.apply(event, answers)
      } catch (error) {
        if (error instanceof MissingAnswerError && answers.length < MAX_LOOK_UPS) {
          const { request } = error
          const answer = await answerLookUp(this.#deps.answers, this.#lookUp(event), request)
          answers.push({ request, answer })
          addDeciphered(this.secrets, answers.slice(-1))
        } else if (error instanceof UnknownActionError) return 'ignored'
        else if (event.type === 'request' && error instanceof PythonError) return this.#refused(error)
        else if (event.type === 'fault' || !(error instanceof PythonError)) throw error
        else return this.run.apply({ ...circumstancesOf(event), type: 'fault', error: this.#faultOf(event, error) })
      }
    }
  }

  #faultOf(event: RunEvent, error: PythonError): { message: string; task_id?: string; route?: number } {
    const message = this.secrets.mask(`${error.pythonType}: ${error.message}`)
    if (event.type !== 'action') return { message }
    const { task, route } = actionName(event.id)
    return { message, task_id: task, route }
  }

  #refused(error: PythonError): 'refused' {
    this.#deps.log.info(
      { err: error, workflow_execution: this.#record.id },
      'a workflow cannot do what it was asked for',
    )
    return 'refused'
  }

  #lookUp(event: RunEvent): TaskLookUp {
    return {
      workflow: this.#record.id,
      records: async () => (this.#records ??= await this.#readRecords(event)),
      statusOf: (task, route) => this.run.conductor.state.entry(task, route)?.status ?? null,
    }
  }

  async #readRecords(event: RunEvent): Promise<TaskRecords> {
    const records = new TaskRecords(this.#record)
    for await (const row of this.#deps.workflows.events(this.#record.id, 0)) {
      records.add(row, row.result_size === undefined ? null : await this.#value(row))
    }
    for (const { row, entry } of this.#unstored) records.add(row, resultOf(entry.event))
    addOccurrence(records, event)
    return records
  }
}

function addOccurrence(records: TaskRecords, event: RunEvent): void {
  records.add({ at: event.at ?? 0, event: occurrenceOf(event), effects: [] }, resultOf(event))
}

function resultOf(event: RunEvent): unknown {
  return event.type === 'action' ? (event.result ?? null) : null
}

function seedOf(ids: Ids): number {
  return Buffer.from(ids.bytes(4)).readUInt32BE()
}

function circumstancesOf({ at = 0, seed = 0 }: RunEvent): { at: number; seed: number } {
  return { at, seed }
}
