import { type Dict, entriesOf, getKey, isDict, isInt, PythonValueError, str } from '@st2/python-values'

/** How an action ends, and what it reports before. */
export interface Outcome {
  status: string
  result: unknown
  before: string[]
}

export interface CaseRequest {
  at: number
  do: 'pause' | 'resume' | 'cancel' | 'rerun'
  tasks: { task: string; route: number; resetItems: boolean }[]
}

/** One case of `wf conduct`, checked. */
export interface ConductCase {
  spec: unknown
  inputs: Dict
  context: Dict
  requests: CaseRequest[]
  /** How the action of the k-th start of a task or of an item ends. */
  outcome: (task: string, attempt: number, item: number | null) => Outcome
}

/** @throws PythonValueError that names the field at fault */
export function parseCase(message: unknown): ConductCase {
  if (!isDict(message)) throw mistake('a line holds a mapping with id, spec, inputs, context, outcomes and events')
  const spec = getKey(message, 'spec')
  if (spec === undefined) throw mistake('spec: missing')
  const outcomes = mapping(message, 'outcomes')
  return {
    spec,
    inputs: mapping(message, 'inputs'),
    context: mapping(message, 'context'),
    requests: list(getKey(message, 'events'), 'events').map(parseRequest),
    outcome: (task, attempt, item) => outcomeOf(list(getKey(outcomes, task), 'outcomes')[attempt], item),
  }
}

function mapping(message: Dict, field: string): Dict {
  const value = getKey(message, field) ?? {}
  if (isDict(value)) return value
  throw mistake(`${field}: a mapping was expected`)
}

function list(value: unknown, field: string): unknown[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value
  throw mistake(`${field}: a list was expected`)
}

function outcomeOf(written: unknown, item: number | null): Outcome {
  const one: unknown = Array.isArray(written) && item !== null ? written[item] : written
  const outcome: Dict = isDict(one) ? one : {}
  return {
    status: str(getKey(outcome, 'status') ?? 'succeeded'),
    result: getKey(outcome, 'result') ?? null,
    before: list(getKey(outcome, 'before'), 'before').map(str),
  }
}

const REQUESTS = ['pause', 'resume', 'cancel', 'rerun'] as const

function parseRequest(written: unknown): CaseRequest {
  if (!isDict(written)) throw mistake('events: mappings with at and do were expected')
  const at = getKey(written, 'at')
  const name = getKey(written, 'do')
  const request = REQUESTS.find((known) => known === name)
  if (!isInt(at)) throw mistake('events: at: an integer was expected')
  if (request === undefined) throw mistake(`events: do: one of ${REQUESTS.join(', ')} was expected`)
  return { at: Number(at), do: request, tasks: list(getKey(written, 'tasks'), 'events: tasks').map(parseTask) }
}

function parseTask(written: unknown): CaseRequest['tasks'][number] {
  if (!isDict(written)) throw mistake('events: tasks: mappings with task_id and route were expected')
  const fields = new Map(entriesOf(written))
  return {
    task: str(fields.get('task_id') ?? ''),
    route: Number(fields.get('route') ?? 0),
    resetItems: fields.get('reset_items') === true,
  }
}

function mistake(reason: string): PythonValueError {
  return new PythonValueError(reason, {}, 'InvalidRequest')
}
