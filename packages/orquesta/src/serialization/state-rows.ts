import { type Dict, entriesOf, isDict, PythonValueError } from '@st2/python-values'
import type { ContextPath } from '../contexts/context-path.ts'
import { isStatus, type Status } from '../machines/statuses.ts'
import { ItemProgress } from '../state/item-progress.ts'
import type { StagedTask } from '../state/staging.ts'
import { stagedView } from '../state/state-view.ts'
import { INBOUND, PUBLISHED, type RetryState, type TaskEntry, taskEntry } from '../state/task-entry.ts'
import { LOG_TYPES, type LogEntry } from '../state/workflow-log.ts'
import type { WorkflowState } from '../state/workflow-state.ts'
import type { FieldsOf } from './fields-of.ts'

/** Both forms write a task's contexts in their own way. */
export interface Contexts {
  write: (path: ContextPath) => unknown
  read: (value: unknown) => ContextPath
}

/** What the two serialised forms of a state have in common. */
export function writeState(state: WorkflowState, contexts: Contexts): Record<string, unknown> {
  return {
    status: state.status,
    contexts: state.contexts,
    sequence: state.sequence.map((entry) => writeEntry(entry, contexts)),
    staged: Array.from(state.staging.all, (task) => writeStaged(task, contexts)),
    tasks: Object.fromEntries(state.tasks),
    ...(state.reruns.length === 0 ? {} : { reruns: state.reruns }),
    ...(state.itemResults.size === 0 ? {} : { item_results: resultRows(state) }),
    ...(state.starts.size === 0 ? {} : { starts: Object.fromEntries(state.starts) }),
  }
}

function writeEntry(entry: TaskEntry, { write }: Contexts): Record<string, unknown> {
  const { id, route, prev, next, retry, status, term } = entry
  const out = entry[PUBLISHED]
  return {
    id,
    route,
    ctxs: { in: write(entry[INBOUND]), ...(out === null ? {} : { out }) },
    prev,
    next,
    ...(retry === undefined ? {} : { retry }),
    ...(status === undefined ? {} : { status }),
    ...(term === undefined ? {} : { term }),
  }
}

function writeStaged(task: StagedTask, { write }: Contexts): Record<string, unknown> {
  const { values, run, since } = task
  return {
    ...stagedView(task, write),
    ...(values === undefined ? {} : { values }),
    ...(run === undefined ? {} : { run }),
    ...(since === undefined ? {} : { since }),
  }
}

/** `[item, result]` by task and route. */
function resultRows(state: WorkflowState): Record<string, [number, unknown][]> {
  return Object.fromEntries(Array.from(state.itemResults, ([key, results]) => [key, [...results]]))
}

/** Fills a new state; its contexts and routes are there already. */
export function readState(state: WorkflowState, fields: FieldsOf, contexts: Contexts): void {
  for (const row of fields.rows('sequence')) state.addEntry(readEntry(row, contexts))
  for (const row of fields.rows('staged')) state.staging.add(readStaged(state, row, contexts))
  for (const rerun of fields.list('reruns')) state.reruns.push(Array.isArray(rerun) ? rerun.map(Number) : [])
  for (const [key, starts] of Object.entries(fields.numbers('starts'))) state.starts.set(key, starts)
  for (const [key, rows] of entriesOf(fields.dict('item_results'))) {
    state.itemResults.set(String(key), new Map(Array.isArray(rows) ? rows.map(readResult) : []))
  }
  state.status = fields.status('status')
}

function readEntry(fields: FieldsOf, { read }: Contexts): TaskEntry {
  const ctxs = fields.dict('ctxs')
  const entry = taskEntry(fields.text('id'), fields.integer('route'), read(valueIn(ctxs, 'in')), fields.numbers('prev'))
  Object.assign(entry.next, fields.booleans('next'))
  const out = valueIn(ctxs, 'out')
  if (isDict(out)) entry[PUBLISHED] = Object.fromEntries(entriesOf(out).map(([id, row]) => [String(id), Number(row)]))
  const retry = readRetry(fields)
  if (retry !== null) entry.retry = retry
  if (fields.value('status') !== undefined) entry.status = fields.status('status')
  if (fields.isTrue('term')) entry.term = true
  return entry
}

function valueIn(dict: Dict, name: string): unknown {
  return dict instanceof Map ? dict.get(name) : dict[name]
}

function readRetry(fields: FieldsOf): RetryState | null {
  const retry = fields.value('retry')
  if (!isDict(retry)) return null
  const delay = valueIn(retry, 'delay')
  return {
    when: valueIn(retry, 'when') ?? null,
    count: valueIn(retry, 'count') ?? null,
    ...(delay === undefined ? {} : { delay }),
    tally: Number(valueIn(retry, 'tally') ?? 0),
  }
}

function readStaged(state: WorkflowState, fields: FieldsOf, { read }: Contexts): StagedTask {
  const retry = readRetry(fields)
  const run = fields.optionalInteger('run')
  const since = fields.optionalInteger('since')
  const hasItems = fields.value('items') !== undefined
  return {
    id: fields.text('id'),
    route: fields.integer('route'),
    contexts: read(valueIn(fields.dict('ctxs'), 'in')),
    prev: fields.numbers('prev'),
    ready: fields.isTrue('ready'),
    ...(retry === null ? {} : { retry }),
    ...(hasItems ? { items: new ItemProgress(state.undo, fields.list('items').map(readItem)) } : {}),
    ...(fields.value('values') === undefined ? {} : { values: fields.list('values') }),
    ...(fields.isTrue('completed') ? { completed: true } : {}),
    ...(fields.isTrue('run_on_fail') ? { runOnFail: true } : {}),
    ...(run === null ? {} : { run }),
    ...(since === null ? {} : { since }),
  }
}

function readItem(value: unknown): Status {
  const status = isDict(value) ? valueIn(value, 'status') : value
  if (isStatus(status)) return status
  throw new PythonValueError('staged.items: a status was expected')
}

function readResult(row: unknown): [number, unknown] {
  const [item, result]: unknown[] = Array.isArray(row) ? row : []
  return [Number(item), result ?? null]
}

/** Entries of a log. */
export function readLog(rows: FieldsOf[]): LogEntry[] {
  return rows.map((fields) => {
    const type = LOG_TYPES.find((known) => known === fields.value('type')) ?? 'error'
    const route = fields.optionalInteger('route')
    const entry: LogEntry = { type, message: fields.text('message') }
    if (fields.value('task_id') !== undefined) entry.task_id = fields.text('task_id')
    if (route !== null) entry.route = route
    if (fields.value('task_transition_id') !== undefined) entry.task_transition_id = fields.text('task_transition_id')
    for (const name of ['result', 'data'] as const) {
      if (fields.value(name) !== undefined) entry[name] = fields.value(name)
    }
    return entry
  })
}
