import { isTruthy } from '@st2/python-values'
import { BitSet } from './bit-set.ts'
import type { LiveLink, LiveLinks } from './live-links.ts'

/** Facts that spread along links: numbered from 0. */
export interface Facts {
  size: number
  /** Known where the workflow starts. */
  initial: readonly number[]
  /** Added by following a link. */
  addedBy: (link: LiveLink) => readonly number[]
}

/** Which facts hold when a task starts: `certain` on every way there, `possible` on some. */
export interface Spread {
  certain: BitSet
  possible: BitSet
}

/** Facts at the start of each task that may run; loops are followed until nothing changes. */
export function spreadFacts(live: LiveLinks, facts: Facts): Map<string, Spread> {
  const initial = BitSet.empty(facts.size)
  for (const fact of facts.initial) initial.add(fact)
  const spread = new Map<string, Spread>()
  for (const task of live.live) {
    const isStart = live.into(task).length === 0
    spread.set(task, { certain: isStart ? initial.copy() : BitSet.full(facts.size), possible: initial.copy() })
  }
  const queue = [...live.live]
  const isQueued = new Set(queue)
  for (const task of queue) {
    isQueued.delete(task)
    if (!update(live, facts, spread, task)) continue
    for (const { to } of live.out(task)) {
      if (isQueued.has(to)) continue
      isQueued.add(to)
      queue.push(to)
    }
  }
  return spread
}

/** Whether anything about the task changed; a task that nothing leads to is looked at once, and counts as changed. */
function update(live: LiveLinks, facts: Facts, spread: Map<string, Spread>, task: string): boolean {
  const here = spread.get(task)
  const into = live.into(task)
  if (here === undefined || into.length === 0) return here !== undefined
  const before = here.certain.copy()
  let hasChanged = false
  const arriving = into.map((link) => {
    const source = spread.get(link.from)
    const certain = source?.certain.copy() ?? BitSet.empty(facts.size)
    const possible = source?.possible.copy() ?? BitSet.empty(facts.size)
    for (const fact of facts.addedBy(link)) {
      certain.add(fact)
      possible.add(fact)
    }
    hasChanged = here.possible.unite(possible) || hasChanged
    return { from: link.from, certain }
  })
  here.certain.intersect(certainOf(live, facts.size, task, arriving))
  return hasChanged || !before.equals(here.certain)
}

/** A join knows what enough of its sources know: every choice of as many sources as it needs has one that knows it. */
function certainOf(
  live: LiveLinks,
  size: number,
  task: string,
  arriving: readonly { from: string; certain: BitSet }[],
): BitSet {
  const bySource = new Map<string, BitSet>()
  for (const { from, certain } of arriving) {
    const known = bySource.get(from)
    if (known === undefined) bySource.set(from, certain.copy())
    else known.intersect(certain)
  }
  const sources = [...bySource.values()]
  const needed = neededSources(live, task) ?? 1
  const enough = Math.max(1, sources.length - Math.min(needed, sources.length) + 1)
  const result = BitSet.empty(size)
  if (enough === 1) {
    for (const source of sources) result.unite(source)
    return result
  }
  for (let fact = 0; fact < size; fact++) {
    if (sources.filter((source) => source.has(fact)).length >= enough) result.add(fact)
  }
  return result
}

/** How many different tasks must lead to a join; null for a task that is none. `all` counts the tasks that the definition names. */
export function neededSources(live: LiveLinks, task: string): number | null {
  const join = live.links.join(task)
  if (join === null) return null
  if (join === 'all') return new Set(live.links.previous(task).map(({ from }) => from)).size
  return typeof join === 'number' && isTruthy(join) ? join : 1
}
