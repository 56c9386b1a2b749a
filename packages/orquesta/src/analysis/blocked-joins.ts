import { findAmbiguousJoins } from '../inspection/split-tracking.ts'
import type { LiveLinks } from './live-links.ts'
import { neededSources, type Spread, spreadFacts } from './spread.ts'

/** Why a join can never start. */
export type JoinObstacle =
  /** It needs more tasks than lead to it. */
  | { kind: 'too-few-sources'; needed: number; sources: string[] }
  /** Some of the tasks that lead to it can not run, or none of their transitions to it can hold. */
  | { kind: 'dead-sources'; needed: number; dead: string[] }
  /** Two of its sources never both lead to it: one needs a task to have succeeded, the other to have failed. */
  | { kind: 'exclusive-sources'; needed: number; sources: [string, string]; task: string }
  /** Its sources run on routes that need not meet: inspection refuses the definition as ambiguous, so it never runs at all. */
  | { kind: 'separate-routes'; needed: number; sources: string[] }

export interface BlockedJoin {
  task: string
  obstacle: JoinObstacle
}

/** Sources of a join whose combinations are tried; with more of them only the first obstacle kinds are found. */
const MAX_COMBINED_SOURCES = 12

/** Finds the joins that can not be satisfied, and takes them out of what is live: that may block others. */
export function findBlockedJoins(live: LiveLinks): BlockedJoin[] {
  const ambiguous = new Set(findAmbiguousJoins(live.links))
  const blocked: BlockedJoin[] = []
  for (let found = nextBlocked(live, ambiguous); found !== null; found = nextBlocked(live, ambiguous)) {
    blocked.push(found)
    live.exclude(found.task)
  }
  return blocked
}

function nextBlocked(live: LiveLinks, ambiguous: ReadonlySet<string>): BlockedJoin | null {
  const endings = new Endings(live)
  for (const task of live.live) {
    const obstacle = obstacleOf(live, ambiguous, endings, task)
    if (obstacle !== null) return { task, obstacle }
  }
  return null
}

function obstacleOf(
  live: LiveLinks,
  ambiguous: ReadonlySet<string>,
  endings: Endings,
  task: string,
): JoinObstacle | null {
  const needed = neededSources(live, task)
  if (needed === null) return null
  const sources = [...new Set(live.links.previous(task).map(({ from }) => from))].sort()
  if (needed > sources.length) return { kind: 'too-few-sources', needed, sources }
  const alive = new Set(live.into(task).map(({ from }) => from))
  if (needed > alive.size) return { kind: 'dead-sources', needed, dead: sources.filter((name) => !alive.has(name)) }
  if (ambiguous.has(task) && needed > 1) return { kind: 'separate-routes', needed, sources }
  return endings.conflict(task, needed)
}

type Ending = 'succeeded' | 'failed'

/** What must have become of other tasks for one to run. Tasks that may run again on their route are left out: they may end differently then. */
class Endings {
  readonly #live: LiveLinks
  readonly #tasks: readonly string[]
  readonly #numbers: ReadonlyMap<string, number>
  #spread: Map<string, Spread> | null = null

  constructor(live: LiveLinks) {
    this.#live = live
    const repeated = repeatedTasks(live)
    this.#tasks = [...live.live].filter((task) => !repeated.has(task))
    this.#numbers = new Map(this.#tasks.map((task, number) => [task, number]))
  }

  conflict(join: string, needed: number): JoinObstacle | null {
    if (needed < 2) return null
    const known = this.#arrivals(join)
    if (known.length > MAX_COMBINED_SOURCES || largestGroup(known) >= needed) return null
    for (const [at, left] of known.entries()) {
      for (const right of known.slice(at + 1)) {
        const task = contradiction(left, right)
        if (task !== null) return { kind: 'exclusive-sources', needed, sources: [left.source, right.source], task }
      }
    }
    return null
  }

  /** For each source what is certain on all of its transitions to the join. */
  #arrivals(join: string): Arrival[] {
    const spread = this.#spreadEndings()
    const arrivals = new Map<string, Map<string, Ending>>()
    for (const link of this.#live.into(join)) {
      const certain = spread.get(link.from)?.certain
      const endings = new Map<string, Ending>()
      for (const [number, task] of this.#tasks.entries()) {
        if (certain?.has(number * 2) === true) endings.set(task, 'succeeded')
        if (certain?.has(number * 2 + 1) === true) endings.set(task, 'failed')
      }
      if (link.guard !== 'open' && this.#numbers.has(link.from)) endings.set(link.from, link.guard)
      const others = arrivals.get(link.from)
      arrivals.set(link.from, others === undefined ? endings : common(others, endings))
    }
    return [...arrivals].map(([source, endings]) => ({ source, endings }))
  }

  #spreadEndings(): Map<string, Spread> {
    this.#spread ??= spreadFacts(this.#live, {
      size: this.#tasks.length * 2,
      initial: [],
      addedBy: ({ from, guard }) => {
        const number = this.#numbers.get(from)
        if (number === undefined || guard === 'open') return []
        return [number * 2 + (guard === 'failed' ? 1 : 0)]
      },
    })
    return this.#spread
  }
}

/** Tasks of loops, joins that late arrivals start once more, and all that comes after them. */
function repeatedTasks(live: LiveLinks): Set<string> {
  const repeated = new Set(
    [...live.live].filter((task) => {
      const sources = new Set(live.into(task).map(({ from }) => from)).size
      return live.links.isInCycle(task) || (neededSources(live, task) ?? sources) < sources
    }),
  )
  for (const task of repeated) for (const { to } of live.out(task)) repeated.add(to)
  return repeated
}

interface Arrival {
  source: string
  endings: ReadonlyMap<string, Ending>
}

function common(left: ReadonlyMap<string, Ending>, right: ReadonlyMap<string, Ending>): Map<string, Ending> {
  return new Map([...left].filter(([task, ending]) => right.get(task) === ending))
}

/** The task that would have to end in two ways. */
function contradiction(left: Arrival, right: Arrival): string | null {
  for (const [task, ending] of left.endings) {
    const other = right.endings.get(task)
    if (other !== undefined && other !== ending) return task
  }
  return null
}

/** How many of the sources can all lead to the join in one run. */
function largestGroup(arrivals: readonly Arrival[]): number {
  const conflicts = arrivals.map((left) => arrivals.map((right) => contradiction(left, right) !== null))
  let largest = 0
  for (let choice = 1; choice < 2 ** arrivals.length; choice++) {
    const chosen = arrivals.flatMap((_, at) => (((choice >> at) & 1) === 1 ? [at] : []))
    if (chosen.length <= largest) continue
    if (chosen.every((a) => chosen.every((b) => conflicts[a]?.[b] !== true))) largest = chosen.length
  }
  return largest
}
