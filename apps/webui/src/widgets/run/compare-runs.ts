import { type ExecutionStatus, isCompleted } from '@st2/model'
import type { EdgeState, NodeLook } from '../workflow-graph/node-look.ts'
import type { StaticGraph } from '../workflow-graph/static-graph.ts'
import { edgeStates, itemsOf } from './graph-looks.ts'
import { absentStatus, type RunModel, type TaskRun, type TaskStatus } from './run-model.ts'
import { taskLook } from './task-looks.ts'

/** How a task stood in one of two runs. */
export interface TaskSide {
  readonly status: TaskStatus
  /** Seconds of its latest visit; null: it did not run, or goes on. */
  readonly seconds: number | null
  readonly attempts: number
  readonly items: NodeLook['items']
}

export interface TaskPair {
  readonly task: string
  readonly left: TaskSide
  readonly right: TaskSide
  readonly isDifferent: boolean
}

export interface RunSide {
  readonly model: RunModel
  readonly status: ExecutionStatus
}

/** Every task of either run, in the order of the later one. Pure. */
export function compareTasks(left: RunSide, right: RunSide): TaskPair[] {
  const names = new Set([...right.model.tasks.keys(), ...left.model.tasks.keys()])
  return [...names].map((task) => {
    const one = sideOf(left.model.tasks.get(task), left.status)
    const other = sideOf(right.model.tasks.get(task), right.status)
    return {
      task,
      left: one,
      right: other,
      isDifferent: one.status !== other.status || one.attempts !== other.attempts,
    }
  })
}

function sideOf(run: TaskRun | undefined, status: ExecutionStatus): TaskSide {
  if (run === undefined) return { status: absentStatus(status), seconds: null, attempts: 0, items: null }
  const attempts = run.visits.flatMap((visit) => visit.attempts)
  const visit = run.visits.at(-1)?.attempts ?? []
  const start = visit[0]?.start
  const end = visit.at(-1)?.end ?? null
  return {
    status: run.status,
    seconds: start === undefined || end === null ? null : Math.max(0, (end - start) / 1000),
    attempts: attempts.length,
    items: itemsOf(visit.at(-1)),
  }
}

/** How much longer the second took, `+1.2 s`; empty where there is nothing to compare. Pure. */
export function deltaText(
  { left, right }: Pick<TaskPair, 'left' | 'right'>,
  durationText: (seconds: number) => string,
): string {
  if (left.seconds === null || right.seconds === null) return ''
  const delta = right.seconds - left.seconds
  return `${delta < 0 ? '−' : '+'}${durationText(Math.abs(delta))}`
}

/** Both runs on one picture: what each task came to, and where they part. Pure. */
export function comparedLooks(
  graph: StaticGraph,
  pairs: readonly TaskPair[],
  status: ExecutionStatus,
  durationText: (seconds: number) => string,
): ReadonlyMap<string, NodeLook> {
  const byTask = new Map(pairs.map((pair) => [pair.task, pair]))
  return new Map(
    graph.nodes.flatMap((node): [string, NodeLook][] => {
      if (node.kind !== 'task') return []
      const pair = byTask.get(node.id)
      const absent = taskLook(absentStatus(status))
      if (pair === undefined) return [[node.id, { ...absent, ...NOTHING, isFaint: isCompleted(status) }]]
      const [before, after] = [taskLook(pair.left.status), taskLook(pair.right.status)]
      const isOther = pair.left.status !== pair.right.status
      return [
        [
          node.id,
          {
            tone: isOther ? 'warn' : after.tone,
            icon: isOther ? 'compare' : after.icon,
            spins: false,
            word: isOther ? `${before.word} → ${after.word}` : after.word,
            ...NOTHING,
            // Both durations have no room; they stand in the table.
            note: deltaText(pair, durationText),
            isFaint: pair.left.seconds === null && pair.right.seconds === null && !isOther,
          },
        ],
      ]
    }),
  )
}

const NOTHING = { start: null, end: null, items: null, note: null } as const

/** Ways that both took, and those that only one took. Pure. */
export function comparedEdges(graph: StaticGraph, left: RunSide, right: RunSide): ReadonlyMap<string, EdgeState> {
  const before = edgeStates(graph, left.model, left.status)
  const after = edgeStates(graph, right.model, right.status)
  return new Map(
    graph.edges.map(({ id }) => {
      const isTaken = before.get(id) === 'taken' || after.get(id) === 'taken'
      return [id, isTaken ? 'taken' : (after.get(id) ?? 'open')]
    }),
  )
}
