import { isOrdered } from '@st2/python-values'
import { COMPLETED } from '../machines/statuses.ts'
import type { Followers } from '../machines/events.ts'
import type { StagedTask } from '../state/staging.ts'
import type { Score } from './score.ts'

/** Whether a task has all the arrivals that it waits for. */
export type InboundStatus = 'satisfied' | 'in-progress' | 'not-satisfied'

/** @param route of the tasks that lead here, which is not that of a task that runs once for each arrival */
export function inboundStatus({ graph, state, arrivals }: Score, task: string, route: number): InboundStatus {
  const { started, arrived } = arrivals.count(task, route)
  const sources = graph.sources(task).length
  if (isOrdered(arrived, '>=', requiredArrivals(graph.node(task)?.barrier, sources))) return 'satisfied'
  const { hasActive, hasStaged } = state.facts
  // a source that runs counts as one that will not come
  return started < sources && (hasActive || hasStaged) ? 'in-progress' : 'not-satisfied'
}

function requiredArrivals(barrier: unknown, sources: number): unknown {
  if (barrier === '*') return sources
  return barrier === undefined || barrier === null || barrier === 0 || barrier === '' ? 1 : barrier
}

/** What follows a task that has ended; nothing for one that has not. */
export function followersOf(score: Score, task: string, route: number): Followers {
  const entry = score.state.entry(task, route)
  if (entry?.status === undefined || !COMPLETED.has(entry.status)) return { hasNext: false, hasJoin: false }
  const taken = score.graph
    .next(task)
    .filter(({ id, destination }) => destination !== 'continue' && entry.next[id] === true)
  const isJoin = ({ destination }: { destination: string }) => score.graph.isJoin(destination)
  const leadsOn = (destination: string) => inboundStatus(score, destination, route) !== 'not-satisfied'
  return {
    hasNext: taken.some((edge) => !isJoin(edge) || leadsOn(edge.destination)),
    hasJoin: taken.some(isJoin),
  }
}

/** Joins that some have reached and that can not be satisfied any more. */
export function unreachableJoins(score: Score): StagedTask[] {
  return Array.from(score.state.staging.all).filter(
    ({ id, route, ready }) => !ready && isBarrier(score, id) && inboundStatus(score, id, route) === 'not-satisfied',
  )
}

function isBarrier({ graph }: Score, task: string): boolean {
  const barrier = graph.node(task)?.barrier ?? 0
  return barrier !== 0 && barrier !== ''
}
