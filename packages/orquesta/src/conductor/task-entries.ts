import { type Dict, isInt, PythonTypeError, PythonValueError } from '@st2/python-values'
import type { ContextPath } from '../contexts/context-path.ts'
import { plainValue } from '../contexts/plain-value.ts'
import type { GraphRetry } from '../graph/workflow-graph.ts'
import type { StagedTask } from '../state/staging.ts'
import { type RetryState, type TaskEntry, taskEntry } from '../state/task-entry.ts'
import { InvalidTaskError } from './errors.ts'
import type { Score } from './score.ts'

/** Where an entry comes from. */
export interface Origin {
  contexts: ContextPath
  prev: Record<string, number>
}

/** What is taken for granted and is not there. */
export function requireStaged(staged: StagedTask | null): StagedTask {
  if (staged === null) throw new PythonTypeError("'NoneType' object is not subscriptable")
  return staged
}

/** Adds an entry for a run of a task; what its retry depends on is rendered now, once. */
export function addTaskEntry(score: Score, task: string, route: number, { contexts, prev }: Origin): TaskEntry {
  const { graph, state } = score
  const node = graph.node(task)
  if (node === null) throw new InvalidTaskError(task)
  const entry = taskEntry(task, route, contexts, { ...prev })
  if (node.retry !== undefined) entry.retry = renderRetry(score, task, node.retry, state.variables(contexts))
  state.addEntry(entry)
  score.arrivals.started(entry)
  return entry
}

function renderRetry(score: Score, task: string, retry: GraphRetry, variables: Dict): RetryState {
  const rendered = { ...retry, tally: 0 }
  for (const name of ['delay', 'count'] as const) {
    if (typeof retry[name] !== 'string') continue
    const value = plainValue(score.fields.evaluate(retry[name], variables))
    if (!isInt(value) && typeof value !== 'boolean') {
      throw new PythonValueError(`The retry ${name} for task "${task}" is not an integer.`)
    }
    rendered[name] = value
  }
  return rendered
}
