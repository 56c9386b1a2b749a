import type { WorkflowExecution } from '@st2/model'
import type { RerunRequest, WorkflowRun } from '@st2/orquesta'
import type { ExecutionStore } from '../executions/execution-store.ts'
import { earlierRun, pathsBelow } from './deep-rerun.ts'
import type { RerunOrder } from './rerun-order.ts'
import { rerunRequests } from './task-names.ts'

export interface PathDeps {
  readonly executions: ExecutionStore
  /** A workflow below, which is over. */
  readonly endedRun: (workflow: string) => Promise<EndedRun>
}

export interface EndedRun {
  readonly record: WorkflowExecution
  readonly run: WorkflowRun
}

/** The paths that name no task in a workflow or in one of those below that would go on. */
export async function unknownPaths(
  deps: PathDeps,
  ended: EndedRun,
  { tasks, reset }: Pick<RerunOrder, 'tasks' | 'reset'>,
): Promise<string[]> {
  const { requests, unknown } = rerunRequests(ended.run, tasks, reset)
  const missing = new Set(tasks.filter((path) => unknown.some((name) => isBelow(path, name))))
  for (const request of requests) {
    const { task } = request
    const below = { tasks: pathsBelow(task, tasks), reset: pathsBelow(task, reset) }
    if (below.tasks.length === 0) continue
    for (const path of await unknownBelow(deps, ended, request, below)) missing.add(`${task}.${path}`)
  }
  return tasks.filter((path) => missing.has(path))
}

function isBelow(path: string, task: string): boolean {
  return path === task || path.startsWith(`${task}.`)
}

async function unknownBelow(
  deps: PathDeps,
  ended: EndedRun,
  request: RerunRequest,
  below: Pick<RerunOrder, 'tasks' | 'reset'>,
): Promise<string[]> {
  const unknown = new Set<string>()
  for await (const workflow of workflowsBelow(deps.executions, ended, request)) {
    // It has none: the task ran no workflow.
    if (workflow === null) return [...below.tasks]
    for (const path of await unknownPaths(deps, await deps.endedRun(workflow), below)) unknown.add(path)
  }
  return [...unknown]
}

/** Workflows that go on when a task is run again; null: an action of it has none. */
async function* workflowsBelow(
  executions: ExecutionStore,
  { record, run }: EndedRun,
  request: RerunRequest,
): AsyncIterable<string | null> {
  const { conductor } = run
  const { task, route = 0 } = request
  const ofAction = async (item: number | null): Promise<string | null> => {
    const name = { task, route, run: conductor.startsOf(task, route), item }
    const workflow = (await earlierRun(executions, record, name))?.context['workflow_execution']
    return workflow === undefined ? null : String(workflow)
  }
  const listed = conductor.itemsOfRerun(request)
  if (listed !== null) for (const item of listed) yield ofAction(item)
  else if (conductor.spec.tasks.get(task)?.with == null) yield ofAction(null)
  else yield* untilNone(ofAction)
}

/** All items succeeded, so that each of them has one. */
async function* untilNone(ofItem: (item: number) => Promise<string | null>): AsyncIterable<string | null> {
  for (let item = 0; ; item++) {
    const workflow = await ofItem(item)
    if (workflow !== null || item === 0) yield workflow
    if (workflow === null) return
  }
}
