import type { TaskLinks } from './task-links.ts'

/** Steps of the walk; a definition that needs more has thousands of tasks and splits, and its joins are judged by what was seen. */
const MAX_SPLIT_STEPS = 200_000

interface Step {
  from: string | null
  task: string
  /** Splits passed on the way. */
  splits: ReadonlySet<string>
}

interface Passed {
  splits: Set<string>
  previous: Set<string>
}

/**
 * Joins whose inbound tasks have not all passed the same splits as the join itself: on which route would they join?
 *
 * @source orquesta: orquesta/specs/native/v1/models.py detect_unreachable_tasks
 */
export function findAmbiguousJoins(links: TaskLinks): string[] {
  const passed = walk(links)
  return [...passed]
    .filter(([name, { splits, previous }]) => {
      if (!links.isJoin(name)) return false
      return [...previous].some((source) => !isSameSet(splits, passed.get(source)?.splits ?? new Set()))
    })
    .map(([name]) => name)
}

function walk(links: TaskLinks): Map<string, Passed> {
  const passed = new Map<string, Passed>()
  const carried = new Map<string, Set<string>>()
  const queue: Step[] = links.starts.map((task) => ({ from: null, task, splits: new Set() }))
  for (const { from, task, splits: inbound } of queue) {
    if (!links.isTask(task)) continue
    const splits = links.isSplit(task) && !links.isInCycle(task) ? new Set([...inbound, task]) : inbound
    const here = passed.get(task) ?? { splits: new Set(), previous: new Set() }
    passed.set(task, here)
    for (const split of splits) here.splits.add(split)
    if (from !== null) here.previous.add(from)
    for (const { to } of links.next(task)) {
      if (passed.has(to) && links.isInCycle(to)) continue
      if (!carriesMore(carried, `${task}_${to}`, splits) || queue.length >= MAX_SPLIT_STEPS) continue
      queue.push({ from: task, task: to, splits })
    }
  }
  return passed
}

/** Whether a link has not been followed with all of these splits yet; from now on it has. */
function carriesMore(carried: Map<string, Set<string>>, link: string, splits: ReadonlySet<string>): boolean {
  const known = carried.get(link)
  if (known === undefined) {
    carried.set(link, new Set(splits))
    return true
  }
  if ([...splits].every((split) => known.has(split))) return false
  for (const split of splits) known.add(split)
  return true
}

function isSameSet(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((item) => right.has(item))
}
