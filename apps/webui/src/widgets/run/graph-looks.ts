import { type ExecutionStatus, isCompleted } from '@st2/model'
import type { EdgeState, NodeLook } from '../workflow-graph/node-look.ts'
import type { StaticGraph } from '../workflow-graph/static-graph.ts'
import { absentStatus, type Attempt, type RunModel, type TaskRun } from './run-model.ts'
import { taskLook } from './task-looks.ts'

/** How each task of the picture stands in a run. */
export function graphLooks(
  graph: StaticGraph,
  model: RunModel,
  status: ExecutionStatus,
): ReadonlyMap<string, NodeLook> {
  return new Map(
    graph.nodes.flatMap((node) =>
      node.kind === 'task' ? [[node.id, lookOf(model.tasks.get(node.id), status)] as const] : [],
    ),
  )
}

function lookOf(run: TaskRun | undefined, status: ExecutionStatus): NodeLook {
  if (run === undefined) {
    const { tone, icon, spins, word } = taskLook(absentStatus(status))
    return { tone, icon, spins, word, start: null, end: null, items: null, note: null, isFaint: isCompleted(status) }
  }
  const { tone, icon, spins, word } = taskLook(run.status)
  const attempts = run.visits.at(-1)?.attempts ?? []
  const items = itemsOf(attempts.at(-1))
  return {
    tone,
    icon,
    spins,
    word,
    start: attempts[0]?.start ?? null,
    end: run.status === 'retrying' ? null : (attempts.at(-1)?.end ?? null),
    items,
    note: noteOf(run, attempts),
    isFaint: false,
  }
}

/** While executions are still being loaded, how many items are done is not known: nothing false is said meanwhile. Pure. */
export function countingLooks(looks: ReadonlyMap<string, NodeLook>): ReadonlyMap<string, NodeLook> {
  const counting = { ...COUNTING, start: null, end: null, items: null, note: null }
  return new Map([...looks].map(([task, look]) => [task, look.items === null ? look : { ...look, ...counting }]))
}

const COUNTING = { tone: 'idle', icon: 'dots', spins: false, word: 'counting its items' } as const

export function itemsOf(attempt: Attempt | undefined): NodeLook['items'] {
  if (attempt === undefined || attempt.itemsCount === null) return null
  if (attempt.itemsTold !== undefined) return { ...attempt.itemsTold, total: attempt.itemsCount }
  const ended = attempt.executions.filter(({ status }) => isCompleted(status))
  const bad = ended.filter(({ status }) => status !== 'succeeded').length
  return { done: ended.length, bad, total: attempt.itemsCount }
}

function noteOf({ visits }: TaskRun, attempts: readonly Attempt[]): string | null {
  const rounds = visits.length > 1 ? `${visits.length} runs` : null
  const tries = attempts.length > 1 ? `attempt ${attempts.length}` : null
  return [rounds, tries].filter(Boolean).join(', ') || null
}

/** Which transitions a run took. Where the workflow does not say, the order of the tasks does. */
export function edgeStates(
  graph: StaticGraph,
  model: RunModel,
  status: ExecutionStatus,
): ReadonlyMap<string, EdgeState> {
  const followed = followedBy(model)
  return new Map(
    graph.edges.map(({ id, source, target, transition, condition }) => {
      const visits = model.tasks.get(source)?.visits ?? []
      const judged = transition === null ? [] : visits.flatMap(({ transitions }) => transitions[transition] ?? [])
      if (judged.includes(true)) return [id, 'taken']
      const isRetried = transition === null && visits.some(({ attempts }) => attempts.length > 1)
      const isLinked = visits.some(({ index, status: end }) => index === null && end === condition.kind)
      if (isRetried || (isLinked && followed.has(`${source}>${target}`))) return [id, 'taken']
      // The view of the workflow may be older than the news of its end.
      const isYetToBeTold = visits.some(({ index, transitions }) => index !== null && isEmpty(transitions))
      return [id, judged.length > 0 || (isCompleted(status) && !isYetToBeTold) ? 'refused' : 'open']
    }),
  )
}

function isEmpty(transitions: object): boolean {
  return Object.keys(transitions).length === 0
}

/** Tasks that were started right after one another; of a chain that is what led where. */
function followedBy({ steps }: RunModel): ReadonlySet<string> {
  return new Set(steps.slice(1).map(({ task }, index) => `${steps[index]?.task}>${task}`))
}
