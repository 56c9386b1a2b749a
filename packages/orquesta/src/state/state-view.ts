import type { StagedTask } from './staging.ts'
import type { WorkflowState } from './workflow-state.ts'

/** A staged task as upstream writes it. */
export interface StagedView {
  id: string
  ctxs: { in: number[] }
  route: number
  prev: Record<string, number>
  ready: boolean
  retry?: unknown
  items?: { status: string }[]
  completed?: boolean
  run_on_fail?: boolean
}

export function stagedView(task: StagedTask): StagedView {
  const { id, route, contexts, prev, ready, retry, items, completed, runOnFail } = task
  return {
    id,
    ctxs: { in: contexts.rows() },
    route,
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
      return Array.from(state.staging.all, stagedView)
    },
    get status() {
      return state.status
    },
    tasks: state.tasks,
    reruns: state.reruns,
  }
}
