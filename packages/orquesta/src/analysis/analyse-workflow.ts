import type { WorkflowSpec } from '../spec/workflow-spec.ts'
import { type BlockedJoin, findBlockedJoins } from './blocked-joins.ts'
import { LiveLinks } from './live-links.ts'
import { type ReachingVariable, reachingVariables } from './reaching-variables.ts'

/** Why a task never runs. */
export type DeadReason =
  /** It is called like a command of the engine, which runs in its place. */
  | { kind: 'reserved-name' }
  /** No way leads from a start task to it: it is in a loop without an entry, or behind one. */
  | { kind: 'no-way' }
  /** Its join can not be satisfied. */
  | { kind: 'blocked-join' }
  /** Only tasks lead to it that never run, or transitions whose conditions never hold. */
  | { kind: 'behind-dead'; sources: string[] }

export interface DeadTask {
  task: string
  reason: DeadReason
}

/** What is known of a workflow without running it. */
export interface WorkflowAnalysis {
  /** Variables that can reach a task, sorted by name; null for one that never runs. */
  variablesAt: (task: string) => readonly ReachingVariable[] | null
  /** Variables that can reach the output. */
  variablesAtOutput: () => readonly ReachingVariable[]
  /** In the order of the definition. */
  deadTasks: readonly DeadTask[]
  blockedJoins: readonly BlockedJoin[]
}

/**
 * Static knowledge for editors. It errs on the side of silence: what it calls dead or blocked is so in every run, but conditions
 * are not evaluated, so a task may never run without being listed.
 *
 * @param given names of variables that the workflow is given: `st2` and `parent` on the platform
 */
export function analyseWorkflow(spec: WorkflowSpec, given: Iterable<string> = []): WorkflowAnalysis {
  const live = new LiveLinks(spec)
  const blockedJoins = findBlockedJoins(live)
  const variables = reachingVariables(spec, live, given)
  return {
    variablesAt: variables.at,
    variablesAtOutput: variables.atOutput,
    deadTasks: deadTasks(spec, live, blockedJoins),
    blockedJoins,
  }
}

function deadTasks(spec: WorkflowSpec, live: LiveLinks, blockedJoins: readonly BlockedJoin[]): DeadTask[] {
  const blocked = new Set(blockedJoins.map(({ task }) => task))
  const connected = connectedTasks(live)
  return [...spec.tasks.keys()]
    .filter((task) => !live.isLive(task))
    .map((task) => ({ task, reason: reasonOf(live, task, blocked, connected) }))
}

function reasonOf(
  live: LiveLinks,
  task: string,
  blocked: ReadonlySet<string>,
  connected: ReadonlySet<string>,
): DeadReason {
  if (live.links.isReserved(task)) return { kind: 'reserved-name' }
  if (blocked.has(task)) return { kind: 'blocked-join' }
  if (!connected.has(task)) return { kind: 'no-way' }
  return { kind: 'behind-dead', sources: [...new Set(live.links.previous(task).map(({ from }) => from))].sort() }
}

/** Everything that transitions lead to, whatever their conditions. */
function connectedTasks(live: LiveLinks): Set<string> {
  const connected = new Set(live.links.starts)
  for (const task of connected) for (const { to } of live.links.next(task)) connected.add(to)
  return connected
}
