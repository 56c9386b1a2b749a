import type { RerunRequest, WorkflowRun } from '@st2/orquesta'

/** Tasks to run again, on all their routes. A dotted path asks for a task below the task that it begins with. */
export function rerunRequests(
  run: WorkflowRun,
  tasks: readonly string[],
  reset: readonly string[],
): { requests: RerunRequest[]; unknown: string[] } {
  const { sequence } = run.conductor.state
  const names = [...new Set(tasks.map(firstOf))]
  const known = new Map<string, Set<number>>()
  for (const { id, route } of sequence) known.set(id, (known.get(id) ?? new Set()).add(route))
  return {
    unknown: names.filter((name) => !known.has(name)),
    requests: names.flatMap((task) =>
      [...(known.get(task) ?? [])].map((route) => ({ task, route, resetItems: reset.includes(task) })),
    ),
  }
}

function firstOf(path: string): string {
  const dot = path.indexOf('.')
  return dot === -1 ? path : path.slice(0, dot)
}
