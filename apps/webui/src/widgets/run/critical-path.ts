import type { RunModel, Visit } from './run-model.ts'

/**
 * The steps that made the run as long as it is: from the step that ended last back to the start, each time by the one that
 * was waited for longest. Attempts that still go on end last. Pure.
 *
 * @returns ids of their attempts
 */
export function criticalPath({ steps }: RunModel): ReadonlySet<string> {
  const byIndex = new Map(steps.flatMap(({ visit }) => (visit.index === null ? [] : [[visit.index, visit] as const])))
  const path = new Set<string>()
  const seen = new Set<Visit>()
  let at = latest(steps.map(({ visit }) => visit))
  while (at !== null && !seen.has(at)) {
    seen.add(at)
    for (const { id } of at.attempts) path.add(id)
    at = latest(at.previous.flatMap((index) => byIndex.get(index) ?? []))
  }
  return path
}

function latest(visits: readonly Visit[]): Visit | null {
  let found: Visit | null = null
  for (const visit of visits) if (found === null || endOf(visit) > endOf(found)) found = visit
  return found
}

/** Of a task without an action nobody tells the time: what led to it counts. */
function endOf({ attempts }: Visit): number {
  const last = attempts.at(-1)
  return last === undefined ? 0 : (last.end ?? Number.POSITIVE_INFINITY)
}
