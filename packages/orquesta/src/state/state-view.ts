import type { ContextPath } from '../contexts/context-path.ts'
import type { StagedTask } from './staging.ts'
import type { WorkflowState } from './workflow-state.ts'

/** A staged task as upstream writes it. @param write how its contexts are written */
export function stagedView(
  { id, route, contexts, prev, ready, retry, items, completed, runOnFail }: StagedTask,
  write: (path: ContextPath) => unknown,
): Record<string, unknown> {
  return {
    id,
    route,
    ctxs: { in: write(contexts) },
    prev,
    ready,
    ...(retry === undefined ? {} : { retry }),
    ...(items === undefined ? {} : { items: items.statuses.map((status) => ({ status })) }),
    ...(completed === undefined ? {} : { completed }),
    ...(runOnFail === undefined ? {} : { run_on_fail: runOnFail }),
  }
}

/** `__state` as expressions see it: the state itself, what is costly made when it is asked for. */
export function stateView(state: WorkflowState): Record<string, unknown> {
  return {
    contexts: state.contexts,
    routes: state.routes,
    sequence: state.sequence,
    get staged() {
      return Array.from(state.staging.all, (task) => stagedView(task, (path) => path.rows()))
    },
    get status() {
      return state.status
    },
    tasks: state.tasks,
    ...(state.reruns.length === 0 ? {} : { reruns: state.reruns }),
  }
}
