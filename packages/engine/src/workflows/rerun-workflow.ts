import { type ExecutionDocument, isCompleted, type WorkflowExecution } from '@st2/model'
import { COMPLETED, type RerunRequest } from '@st2/orquesta'
import type { ExecutionStore } from '../executions/execution-store.ts'
import { type BeginDeps, WorkflowRefusedError } from './begin-workflow.ts'
import { loadRun } from './load-run.ts'
import type { RerunOrder } from './rerun-order.ts'
import { rerunRequests } from './task-names.ts'
import { type EndedRun, unknownPaths } from './unknown-paths.ts'
import { rerunEventId } from './workflow-ids.ts'

export interface RerunDeps extends BeginDeps {
  readonly executions: ExecutionStore
}

export interface PreparedRerun {
  readonly record: WorkflowExecution
  /** null: the journal knows of it already. */
  readonly requests: readonly RerunRequest[] | null
}

/** A workflow that has just ended is written a few times more. */
const CLAIM_ATTEMPTS = 5

/**
 * Points the workflow of the earlier execution at this one, which is then to be told to it. Being stopped anywhere, it is found
 * again by the execution, which is still scheduled. What is refused has changed nothing.
 *
 * @throws WorkflowRefusedError upstream's texts
 * @source orquesta.md 25
 */
export async function prepareRerun(
  deps: RerunDeps,
  execution: ExecutionDocument,
  rerun: RerunOrder,
): Promise<PreparedRerun> {
  const record = await earlierWorkflow(deps, rerun.ref)
  if ((await deps.workflows.event(rerunEventId(record, execution.id))) !== null) {
    return { record: await claimFor(deps, record, execution), requests: null }
  }
  const ended = await endedRun(deps, record, execution)
  await refuseUnknown(deps, ended, rerun)
  const { requests } = rerunRequests(ended.run, rerun.tasks, rerun.reset)
  return { record: await claimFor(deps, record, execution), requests }
}

async function refuseUnknown(deps: RerunDeps, ended: EndedRun, rerun: RerunOrder): Promise<void> {
  const endedBelow = async (workflow: string): Promise<EndedRun> =>
    endedRun(deps, await requireWorkflow(deps, workflow))
  const unknown = await unknownPaths({ executions: deps.executions, endedRun: endedBelow }, ended, rerun)
  if (unknown.length === 0) return
  throw refused(`Unable to rerun workflow because one or more tasks is not found: ${unknown.join(',')}`)
}

async function endedRun(
  deps: RerunDeps,
  record: WorkflowExecution,
  execution: ExecutionDocument | null = null,
): Promise<EndedRun> {
  if (!(await isFree(deps, record, execution))) throw notOver(record.id)
  const { run } = await loadRun(deps, record)
  if (!run.hasBegun || !COMPLETED.has(run.conductor.status)) throw notOver(record.id)
  return { record, run }
}

/**
 * The execution that it belongs to is over, and no other engine conducts it: beside a failure others may still run, and somebody
 * waits for them. The record's own status is written beside the execution's, a moment later perhaps.
 */
async function isFree(
  deps: RerunDeps,
  record: WorkflowExecution,
  execution: ExecutionDocument | null,
): Promise<boolean> {
  if (record.action_execution === execution?.id) return true
  if (record.due_at !== undefined && record.claimed_by !== deps.owner) return false
  const holder = await deps.executions.get(record.action_execution)
  return holder === null || isCompleted(holder.status)
}

async function earlierWorkflow(deps: RerunDeps, ref: string): Promise<WorkflowExecution> {
  const earlier = await deps.executions.get(ref)
  const id = earlier?.context['workflow_execution']
  if (typeof id !== 'string') {
    throw refused('Unable to rerun workflow execution because workflow_execution_id is not provided.')
  }
  return requireWorkflow(deps, id)
}

async function requireWorkflow(deps: RerunDeps, id: string): Promise<WorkflowExecution> {
  const record = await deps.workflows.get(id)
  if (record === null) throw refused(`Unable to rerun workflow execution "${id}" because it does not exist.`)
  return record
}

/** Points the record at the execution, unless another rerun has been faster. */
async function claimFor(
  deps: RerunDeps,
  seen: WorkflowExecution,
  execution: ExecutionDocument,
): Promise<WorkflowExecution> {
  for (let attempt = 0; attempt < CLAIM_ATTEMPTS; attempt++) {
    const record = attempt === 0 ? seen : await requireWorkflow(deps, seen.id)
    if (record.action_execution === execution.id && record.claimed_by === deps.owner) return record
    const isOthers = record.action_execution !== seen.action_execution
    if (isOthers || !(await isFree(deps, record, execution))) throw notOver(record.id)
    const claimed = await deps.workflows.replace({
      ...record,
      action_execution: execution.id,
      claimed_by: deps.owner,
      due_at: deps.clock.now() + deps.begin.leaseMs,
      end_timestamp: undefined,
    })
    if (claimed !== null) return claimed
  }
  throw notOver(seen.id)
}

function notOver(id: string): WorkflowRefusedError {
  return refused(`Unable to rerun workflow execution "${id}" because it is not in a completed state.`)
}

function refused(message: string): WorkflowRefusedError {
  return new WorkflowRefusedError([{ message }])
}
