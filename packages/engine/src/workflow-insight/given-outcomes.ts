import { InvalidError, type WorkflowSimulationRequest } from '@st2/model'
import type { OutcomeOf, SimulatedOutcome, WorkflowSpec } from '@st2/orquesta'

const FIELDS = new Set(['status', 'result'])

/**
 * How simulated actions end: the k-th start of a task as the k-th outcome says, later ones as the last; of an items task a list is by
 * item. What is missing, or null, succeeds without a result.
 *
 * @throws InvalidError for outcomes that say nothing about this workflow
 */
export function givenOutcomes(spec: WorkflowSpec, { outcomes = {} }: WorkflowSimulationRequest): OutcomeOf {
  const read = new Map(Object.entries(outcomes).map(([task, given]) => [task, readTask(spec, task, given)]))
  return ({ task, item, attempt }) => {
    const list = read.get(task)
    const chosen = list?.[Math.min(attempt, list.length - 1)] ?? null
    if (!Array.isArray(chosen)) return chosen
    return item === null ? null : (chosen[item] ?? null)
  }
}

type Given = SimulatedOutcome | null

function readTask(spec: WorkflowSpec, task: string, given: unknown): (Given | Given[])[] {
  const path = `outcomes.${task}`
  if (!spec.tasks.has(task)) throw new InvalidError(`${path}: the workflow has no task "${task}"`)
  if (!Array.isArray(given)) return [readOutcome(path, given)]
  return given.map((start: unknown, at) =>
    Array.isArray(start)
      ? start.map((item, number) => readOutcome(`${path}.${at}.${number}`, item))
      : readOutcome(`${path}.${at}`, start),
  )
}

function readOutcome(path: string, given: unknown): Given {
  if (given === null) return null
  if (typeof given !== 'object') throw new InvalidError(`${path}: an object with "status" and "result" is expected`)
  const unknown = Object.keys(given).find((name) => !FIELDS.has(name))
  if (unknown !== undefined) throw new InvalidError(`${path}.${unknown}: an outcome has "status" and "result" only`)
  const { status, result }: { status?: unknown; result?: unknown } = { ...given }
  if (status !== undefined && typeof status !== 'string') throw new InvalidError(`${path}.status: a text is expected`)
  return { ...(status === undefined ? {} : { status }), ...(result === undefined ? {} : { result }) }
}
