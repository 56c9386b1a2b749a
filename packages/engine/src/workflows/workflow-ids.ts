import type { WorkflowExecution } from '@st2/model'
import { derivedId } from '../ports/derived-id.ts'

/** What follows from a workflow has an id that follows from it: stored a second time it meets the first. */
type Workflow = Pick<WorkflowExecution, 'id' | 'start_timestamp'>

/** @param startTimestamp of the execution */
export function workflowId(execution: string, startTimestamp: string): string {
  return derivedId(Date.parse(startTimestamp), 'workflow', execution)
}

/** Of a row of the journal. */
export function eventId(workflow: Workflow, seq: number): string {
  return derivedId(startOf(workflow), 'event', workflow.id, seq)
}

/** Of a row that an execution caused by asking for a rerun: it is one whatever its number. */
export function rerunEventId(workflow: Workflow, execution: string): string {
  return derivedId(startOf(workflow), 'rerun', workflow.id, execution)
}

/** Of the execution of an action, `<task>.<route>.<run>` or `<task>.<route>.<run>.<item>`. */
export function childId(workflow: Workflow, action: string): string {
  return derivedId(startOf(workflow), 'child', workflow.id, action)
}

export function taskExecutionId(workflow: Workflow, task: string, route: number, run: number): string {
  return derivedId(startOf(workflow), 'task', workflow.id, task, route, run)
}

function startOf({ start_timestamp }: Workflow): number {
  return Date.parse(start_timestamp)
}
