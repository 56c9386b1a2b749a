import type { ExecutionDocument, WorkflowExecution } from '@st2/model'
import { COMPLETED, type RerunRequest } from '@st2/orquesta'
import type { ExecutionStore } from '../executions/execution-store.ts'
import { type BeginDeps, WorkflowRefusedError } from './begin-workflow.ts'
import { loadRun } from './load-run.ts'
import { rerunRequests } from './task-names.ts'
import { rerunEventId } from './workflow-ids.ts'

export interface RerunDeps extends BeginDeps {
  readonly executions: ExecutionStore
}

export interface PreparedRerun {
  readonly record: WorkflowExecution
  /** null: the journal knows of it already. */
  readonly requests: readonly RerunRequest[] | null
}

/** What an execution asks to be run again of an earlier one; null: it is a run of its own. */
export function rerunOf(execution: ExecutionDocument): { ref: string; tasks: string[]; reset: string[] } | null {
  const rerun = execution.context['re-run']
  if (typeof rerun !== 'object' || rerun === null) return null
  const list = (name: string): string[] => {
    const value: unknown = Reflect.get(rerun, name)
    return Array.isArray(value) ? value.map(String) : []
  }
  const tasks = list('tasks')
  return tasks.length === 0 ? null : { ref: String(Reflect.get(rerun, 'ref')), tasks, reset: list('reset') }
}

/**
 * Points the workflow of the earlier execution at this one, which is then to be told to it. Being stopped anywhere, it is found
 * again by the execution, which is still scheduled.
 *
 * @throws WorkflowRefusedError upstream's texts
 * @source orquesta.md 25
 */
export async function prepareRerun(
  deps: RerunDeps,
  execution: ExecutionDocument,
  rerun: { readonly ref: string; readonly tasks: readonly string[]; readonly reset: readonly string[] },
): Promise<PreparedRerun> {
  const record = await earlierWorkflow(deps, rerun.ref)
  const claimed = await claimFor(deps, record, execution)
  if ((await deps.workflows.event(rerunEventId(claimed, execution.id))) !== null)
    return { record: claimed, requests: null }
  const { run } = await loadRun(deps, claimed)
  if (!run.hasBegun || !COMPLETED.has(run.conductor.status)) throw notOver(record.id)
  const { requests, unknown } = rerunRequests(run, rerun.tasks, rerun.reset)
  if (unknown.length > 0) {
    throw refused(`Unable to rerun workflow because one or more tasks is not found: ${unknown.join(',')}`)
  }
  return { record: claimed, requests }
}

async function earlierWorkflow(deps: RerunDeps, ref: string): Promise<WorkflowExecution> {
  const earlier = await deps.executions.get(ref)
  const id = earlier?.context['workflow_execution']
  if (typeof id !== 'string') {
    throw refused('Unable to rerun workflow execution because workflow_execution_id is not provided.')
  }
  const record = await deps.workflows.get(id)
  if (record === null) throw refused(`Unable to rerun workflow execution "${id}" because it does not exist.`)
  return record
}

async function claimFor(
  deps: RerunDeps,
  record: WorkflowExecution,
  execution: ExecutionDocument,
): Promise<WorkflowExecution> {
  if (record.action_execution === execution.id && record.claimed_by === deps.owner) return record
  const isOther = record.action_execution !== execution.id
  // Beside a failure others may still run, and somebody waits for them.
  const isHeldElsewhere = record.due_at !== undefined && record.claimed_by !== deps.owner
  if (isOther && (isHeldElsewhere || !COMPLETED.has(record.status))) throw notOver(record.id)
  const due_at = deps.clock.now() + deps.begin.leaseMs
  const claimed = await deps.workflows.replace({
    ...record,
    action_execution: execution.id,
    claimed_by: deps.owner,
    due_at,
    end_timestamp: undefined,
  })
  if (claimed === null) throw notOver(record.id)
  return claimed
}

function notOver(id: string): WorkflowRefusedError {
  return refused(`Unable to rerun workflow execution "${id}" because it is not in a completed state.`)
}

function refused(message: string): WorkflowRefusedError {
  return new WorkflowRefusedError([{ message }])
}
