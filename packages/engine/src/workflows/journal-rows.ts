import {
  isCompleted,
  isExecutionStatus,
  type WorkflowEffect,
  type WorkflowEvent,
  type WorkflowExecution,
  type WorkflowOccurrence,
} from '@st2/model'
import type { Effect, JournalEntry, LogEntry, RecordedAnswer, RunEvent } from '@st2/orquesta'
import type { Sealer } from '../datastore/encryption-key.ts'
import type { ResultStore, StoredResult } from '../executions/result-store.ts'
import type { SecretTexts } from '../executions/secret-texts.ts'
import { eventId, rerunEventId } from './workflow-ids.ts'
import type { WorkflowSecrets } from './workflow-secrets.ts'

export type StartEffect = Extract<Effect, { type: 'start' }>

/** What of a row the run does not know. */
export interface RowContext {
  /** The result of an action, as its execution holds it. */
  readonly result?: StoredResult | undefined
  /** Of a rerun: who asked for it. */
  readonly execution?: string | undefined
}

/** A decided event as it is stored. */
export function rowOf(
  { sealer, secrets }: { readonly sealer: Sealer; readonly secrets: SecretTexts },
  record: WorkflowExecution,
  { seq, event, answers, effects }: JournalEntry,
  { result, execution }: RowContext = {},
): WorkflowEvent {
  const { at = 0, seed = 0 } = event
  return {
    id: execution === undefined ? eventId(record, seq) : rerunEventId(record, execution),
    workflow: record.id,
    seq,
    at,
    seed,
    event: { ...occurrenceOf(event), execution },
    ...result,
    ...storedAnswers(sealer, answers),
    effects: effects.map((effect) => effectOf(effect, secrets)),
  }
}

/** The event of a row and the answers that it used: applied to the state before it they give the state after it. */
export async function eventOf(
  deps: { readonly sealer: Sealer; readonly results: ResultStore },
  row: WorkflowEvent,
): Promise<{ event: RunEvent; answers: RecordedAnswer[] }> {
  return { event: await runEventOf(deps.results, row), answers: answersOf(deps.sealer, row) }
}

function answersOf(sealer: Sealer, { answers = [], sealed_answers }: WorkflowEvent): RecordedAnswer[] {
  // Written by `rowOf`.
  return (sealed_answers === undefined ? answers : sealer.open(sealed_answers)) as RecordedAnswer[]
}

/** What a row tells in confidence: deciphered items of the datastore, secret parts of a result. */
export function addSecretsOf(
  secrets: WorkflowSecrets,
  { sealer, results }: { readonly sealer: Sealer; readonly results: ResultStore },
  row: WorkflowEvent,
): void {
  if (row.sealed_answers !== undefined) addDeciphered(secrets, answersOf(sealer, row))
  secrets.addResultOf(results, row.event.id ?? '', row)
}

export function addDeciphered(secrets: SecretTexts, answers: readonly RecordedAnswer[]): void {
  for (const { request, answer } of answers) {
    if (request.source === 'st2kv' && request.decrypt && answer.kind === 'value') secrets.add(answer.value)
  }
}

/** Whether the workflow is over with what was decided. */
export function endsWorkflow(effects: readonly Effect[]): boolean {
  return effects.some(
    (effect) => effect.type === 'status' && isExecutionStatus(effect.status) && isCompleted(effect.status),
  )
}

/** What of an event a row holds. */
export function occurrenceOf(event: RunEvent): WorkflowOccurrence {
  switch (event.type) {
    case 'begin':
      return { type: 'begin' }
    case 'action':
      return { type: 'action', id: event.id, status: event.status }
    case 'request':
      return { type: 'request', status: event.status }
    case 'rerun':
      return { type: 'rerun', tasks: event.tasks }
    case 'fault':
      return { type: 'fault', error: { ...event.error } }
  }
}

async function runEventOf(results: ResultStore, row: WorkflowEvent): Promise<RunEvent> {
  const { at, seed, event } = row
  const { id = '', status = '' } = event
  switch (event.type) {
    case 'begin':
      return { type: 'begin', at, seed }
    case 'action':
      return { type: 'action', id, status, at, seed, ...(await resultOf(results, row)) }
    case 'request':
      return { type: 'request', status, at, seed }
    case 'rerun':
      return { type: 'rerun', tasks: event.tasks ?? [], at, seed }
    case 'fault':
      return { type: 'fault', error: faultOf(event), at, seed }
  }
}

async function resultOf(results: ResultStore, row: WorkflowEvent): Promise<{ result?: unknown }> {
  return row.result_size === undefined ? {} : { result: await results.reveal(row) }
}

function faultOf({ error = {} }: WorkflowOccurrence): Omit<LogEntry, 'type'> {
  return { ...error, message: String(error['message'] ?? '') }
}

/** Replaying decides effects anew: what is secret in them need not be stored. */
function effectOf(effect: Effect, secrets: SecretTexts): WorkflowEffect {
  switch (effect.type) {
    case 'start': {
      const { id, action, delay } = effect
      return { type: 'start', id, action: secrets.mask(action), ...(delay === null ? {} : { delay }) }
    }
    case 'status':
      return { type: 'status', status: effect.status }
    case 'output':
      return { type: 'output' }
  }
}

function storedAnswers(sealer: Sealer, answers: readonly RecordedAnswer[]): Partial<WorkflowEvent> {
  if (answers.length === 0) return {}
  const hasSecret = answers.some(({ request }) => request.source === 'st2kv' && request.decrypt)
  return hasSecret ? { sealed_answers: sealer.seal(answers) } : { answers }
}
