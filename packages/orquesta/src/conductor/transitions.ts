import { type Dict, dictFrom, entriesOf, isTruthy, type PythonError } from '@st2/python-values'
import type { ContextPath } from '../contexts/context-path.ts'
import { plainValue } from '../contexts/plain-value.ts'
import type { Variables } from '../contexts/variables.ts'
import type { GraphEdge } from '../graph/workflow-graph.ts'
import { isEngineCommand } from '../spec/workflow-spec.ts'
import { ACTIVE, COMPLETED } from '../machines/statuses.ts'
import type { StagedTask } from '../state/staging.ts'
import { INBOUND, PUBLISHED, type TaskEntry } from '../state/task-entry.ts'
import { asEvaluationError, asPythonError } from './fields.ts'
import { inboundStatus } from './joins.ts'
import type { Score } from './score.ts'
import { proposeStatus } from './workflow-status.ts'

/**
 * Judges the transitions of a task that has ended, publishes, and stages what follows.
 *
 * @returns the commands to the engine among what follows
 */
export function followTransitions(score: Score, entry: TaskEntry, variables: Variables): StagedTask[] {
  const edges = score.graph.next(entry.id)
  const followers = edges.flatMap((edge) => follow(score, entry, edge, variables) ?? [])
  // a branch ends here: NOTE upstream forgets its publishes unless the workflow is over by it
  if (!edges.some(({ id }) => entry.next[id] === true)) score.state.undo.set(entry, 'term', true)
  const commands = followers.filter(({ id }) => isEngineCommand(id))
  if (commands.some(({ id }) => id === 'fail')) {
    for (const follower of followers) {
      if (follower.ready && !isEngineCommand(follower.id)) score.state.staging.change(follower, { runOnFail: true })
    }
  }
  return commands
}

/** null where the transition is not taken, or could not be judged. */
function follow(score: Score, entry: TaskEntry, edge: GraphEdge, variables: Variables): StagedTask | null {
  const isTaken = judge(score, entry, edge, variables)
  if (!isTaken) return null
  const published = publish(score, entry, edge, variables)
  if (published === null) return null
  return stage(score, entry, edge, contextsAfter(score, entry, edge, published))
}

function judge(score: Score, entry: TaskEntry, edge: GraphEdge, variables: Variables): boolean {
  try {
    const isTaken = edge.when === null || isTruthy(score.fields.evaluate(edge.when, variables))
    score.state.undo.set(entry.next, edge.id, isTaken)
    if (isTaken) score.arrivals.arrived(entry, edge)
    return isTaken
  } catch (error) {
    fail(score, entry, edge, [asPythonError(error)])
    return false
  }
}

function fail(score: Score, entry: TaskEntry, edge: GraphEdge, errors: readonly PythonError[]): void {
  const place = { task_id: entry.id, route: entry.route, task_transition_id: edge.id }
  for (const error of errors) score.state.errors.addError(error, place)
  const refusal = proposeStatus(score, 'failed')
  // a workflow that was canceled stays so
  if (refusal !== null && score.kept.has('late-error')) throw refusal
}

/** The variables that a transition sets, each entry seeing those before; null when one fails. */
function publish(score: Score, entry: TaskEntry, edge: GraphEdge, variables: Variables): Dict | null {
  const assignments = score.spec.tasks.get(entry.id)?.next[edge.ref]?.publish ?? []
  const published = new Map<string, unknown>()
  const errors: PythonError[] = []
  for (const { name, value } of assignments) {
    try {
      published.set(name, score.fields.evaluate(value, variables.over(Object.fromEntries(published))))
    } catch (error) {
      errors.push(asEvaluationError(error))
    }
  }
  if (errors.length > 0) {
    fail(score, entry, edge, errors)
    return null
  }
  return dictFrom(Array.from(published, ([name, value]) => [name, plainValue(value)]))
}

function contextsAfter({ state }: Score, entry: TaskEntry, edge: GraphEdge, published: Dict): ContextPath {
  const variables = entriesOf(published).map(([name, value]): [string, unknown] => [String(name), value])
  if (variables.length === 0) return entry[INBOUND]
  const row = state.addContext(published)
  state.undo.set(entry, PUBLISHED, { [edge.id]: row })
  return entry[INBOUND].published(row, variables)
}

function stage(score: Score, entry: TaskEntry, edge: GraphEdge, contexts: ContextPath): StagedTask {
  const { state } = score
  const route = routeAfter(score, edge, entry.route)
  const index = state.entryIndex(entry.id, entry.route) ?? 0
  const known = state.staging.find(edge.destination, route)
  const staged = known ?? {
    id: edge.destination,
    route,
    contexts,
    prev: { [edge.backReference]: index },
    ready: false,
  }
  if (known === null) state.staging.add(staged)
  else {
    state.undo.set(known.prev, edge.backReference, index)
    arriveAgain(score, known, contexts)
  }
  const isReady = inboundStatus(score, edge.destination, entry.route) === 'satisfied'
  state.staging.change(staged, { ready: isReady })
  return staged
}

/** Another arrival at a task that has not been started: its contexts come on top. */
function arriveAgain({ kept, state }: Score, staged: StagedTask, arrived: ContextPath): void {
  const isUnderWay = staged.completed !== true && (staged.items?.count(NOT_WAITING) ?? 0) > 0
  const contexts = staged.contexts.joinedBy(arrived)
  if (isUnderWay && !kept.has('items-restart')) state.staging.change(staged, { contexts })
  else {
    // What waited for a rerun begins anew.
    if (staged.completed === true) state.forgetItemResults(staged.id, staged.route)
    state.staging.change(staged, {
      contexts,
      items: undefined,
      values: undefined,
      completed: undefined,
      run: undefined,
      since: undefined,
    })
  }
}

const NOT_WAITING = new Set([...ACTIVE, ...COMPLETED])

/** A task that joins nothing and can be reached in several ways runs once for each: on a route of its own. */
function routeAfter({ relations, graph, state }: Score, edge: GraphEdge, route: number): number {
  if (!relations.isSplit(edge.destination) || graph.isInCycle(edge.destination)) return route
  const references = state.routes[route] ?? []
  if (references.includes(edge.backReference)) return route
  return state.addRoute([...references, edge.backReference])
}
