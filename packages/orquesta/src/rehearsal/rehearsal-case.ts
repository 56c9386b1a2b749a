import { type Dict, entriesOf, getKey, isDict, keysOf, str } from '@st2/python-values'
import type { RerunRequest } from '../conductor/rerun.ts'
import { FieldsOf } from '../serialization/fields-of.ts'
import { isStatus, type Status } from '../machines/statuses.ts'
import { WorkflowRehearsalError } from './rehearsal-error.ts'

/** How an action ends in a rehearsal. */
export interface MockAction {
  task: string
  /** Number of the entry in the sequence that it is for; null: any. */
  seqId: number | null
  item: number | null
  /** How many times it is used. */
  uses: number
  status: Status
  result: unknown
  /** A file that the result is read from. */
  resultPath: string | null
}

/** A test of a workflow: what it is given, how its actions end, what is to come of it. What is null is not compared. */
export interface RehearsalCase {
  /** Path of the definition; null for a rerun. */
  workflow: string | null
  /** A serialised conductor that runs again; null for a run from the start. */
  state: unknown
  rerunTasks: RerunRequest[]
  inputs: Dict
  mocks: MockAction[]
  expected: {
    inspection: Dict
    /** `name` or `name__rN`. */
    sequence: string[]
    routes: unknown
    status: Status
    errors: unknown
    output: unknown
    terminal: string[] | null
  }
}

const RUN_KEYS = ['workflow', 'inputs']
const RERUN_KEYS = ['workflow_state', 'rerun_tasks']
const KEYS = [
  'expected_inspection_errors',
  'expected_routes',
  'expected_task_sequence',
  'mock_action_executions',
  'expected_term_tasks',
  'expected_workflow_status',
  'expected_errors',
  'expected_output',
]

/**
 * Reads a test case, as YAML gives it.
 *
 * @throws WorkflowRehearsalError, PythonValueError that name the field at fault
 * @source orquesta: orquesta/rehearsing.py
 */
export function parseRehearsal(written: unknown): RehearsalCase {
  if (!isDict(written)) throw new WorkflowRehearsalError('Unable to convert workflow test case into dict.')
  const fields = new FieldsOf(written, 'test case')
  const isRerun = getKey(written, 'workflow_state') !== undefined
  requireKnownKeys(written, [...KEYS, ...(isRerun ? RERUN_KEYS : RUN_KEYS)])
  return {
    workflow: isRerun ? null : fields.text('workflow'),
    state: isRerun ? fields.dict('workflow_state') : null,
    rerunTasks: fields.rows('rerun_tasks').map(parseRerun),
    inputs: fields.dict('inputs'),
    mocks: fields.rows('mock_action_executions').map(parseMock),
    expected: {
      inspection: fields.dict('expected_inspection_errors'),
      sequence: requiredList(fields, 'expected_task_sequence'),
      routes: fields.value('expected_routes') ?? [[]],
      status: statusOr(fields, 'expected_workflow_status'),
      errors: fields.value('expected_errors') ?? null,
      output: fields.value('expected_output') ?? null,
      terminal: fields.value('expected_term_tasks') === undefined ? null : fields.list('expected_term_tasks').map(str),
    },
  }
}

function requireKnownKeys(written: Dict, known: readonly string[]): void {
  const unknown = keysOf(written)
    .map(str)
    .filter((key) => !known.includes(key))
  if (unknown.length > 0) throw new WorkflowRehearsalError(`test case: unknown keys: ${unknown.sort().join(', ')}`)
}

function requiredList(fields: FieldsOf, name: string): string[] {
  if (fields.value(name) === undefined) throw new WorkflowRehearsalError(`test case: ${name} is required`)
  return fields.list(name).map(str)
}

function parseRerun(fields: FieldsOf): RerunRequest {
  return {
    task: fields.text('task_id'),
    route: fields.optionalInteger('route') ?? 0,
    resetItems: fields.isTrue('reset_items'),
  }
}

function parseMock(fields: FieldsOf): MockAction {
  return {
    task: fields.text('task_id'),
    seqId: fields.optionalInteger('seq_id'),
    item: fields.optionalInteger('item_id'),
    uses: fields.optionalInteger('num_iter') ?? 1,
    status: statusOr(fields, 'status'),
    result: fields.value('result') ?? null,
    resultPath: fields.value('result_path') === undefined ? null : fields.text('result_path'),
  }
}

function statusOr(fields: FieldsOf, name: string): Status {
  const written = fields.value(name) ?? 'succeeded'
  if (isStatus(written)) return written
  throw new WorkflowRehearsalError(`test case: ${name}: a status was expected, not ${str(written)}`)
}

/** The entries of a mapping as a plain object. */
export function plainEntries(dict: Dict): Record<string, unknown> {
  return Object.fromEntries(entriesOf(dict).map(([key, value]) => [str(key), value]))
}
