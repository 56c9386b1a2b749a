/** Errors of the engine; `pythonType` is upstream's class, the text upstream's as well. @source orquesta: orquesta/exceptions.py */
import { PythonError, repr } from '@st2/python-values'
import type { Status } from '../machines/statuses.ts'

class ConductorError extends PythonError {
  override readonly name: string = 'ConductorError'
}

export class InvalidTaskError extends ConductorError {
  override readonly name = 'InvalidTaskError'
  constructor(task: string) {
    super('InvalidTask', `Task "${task}" does not exist.`)
  }
}

export class InvalidTaskStateEntryError extends ConductorError {
  override readonly name = 'InvalidTaskStateEntryError'
  constructor(task: string) {
    super('InvalidTaskStateEntry', `Task "${task}" is not staged or has not started yet.`)
  }
}

export class InvalidEventError extends ConductorError {
  override readonly name = 'InvalidEventError'
  constructor(event: string) {
    super('InvalidEvent', `Event "${event}" is not valid.`)
  }
}

export class InvalidStatusError extends ConductorError {
  override readonly name = 'InvalidStatusError'
  constructor(status: string) {
    super('InvalidStatus', `Status "${status}" is not valid.`)
  }
}

export class InvalidTaskStatusTransitionError extends ConductorError {
  override readonly name = 'InvalidTaskStatusTransitionError'
  constructor(status: Status, event: string) {
    super('InvalidTaskStatusTransition', `Unable to process event "${event}" for task in "${status}" status.`)
  }
}

export class InvalidWorkflowStatusTransitionError extends ConductorError {
  override readonly name = 'InvalidWorkflowStatusTransitionError'
  constructor(status: Status, event: string) {
    super('InvalidWorkflowStatusTransition', `Unable to process event "${event}" for workflow in "${status}" status.`)
  }
}

export class WorkflowContextError extends ConductorError {
  override readonly name = 'WorkflowContextError'
  constructor(message: string) {
    super('WorkflowContextError', message)
  }
}

export class WorkflowLogEntryError extends ConductorError {
  override readonly name = 'WorkflowLogEntryError'
  constructor(type: string) {
    super('WorkflowLogEntryError', `The log entry type "${type}" is not valid.`)
  }
}

export class NotRerunnableError extends ConductorError {
  override readonly name = 'NotRerunnableError'
  constructor() {
    super('WorkflowIsActiveAndNotRerunableError', 'Unable to rerun workflow because it is not in a completed state.')
  }
}

export class InvalidTaskRerunRequestError extends ConductorError {
  override readonly name = 'InvalidTaskRerunRequestError'
  constructor(tasks: readonly { task: string; route: number }[]) {
    const names = tasks.map(({ task, route }) => `${task}|${route}`).join(', ')
    super(
      'InvalidTaskRerunRequest',
      `Unable to rerun task|route(s) because it doesn't exist or isn't rerunnable: ${names}`,
    )
  }
}

export class UnreachableJoinError extends ConductorError {
  override readonly name = 'UnreachableJoinError'
  constructor(task: string, route: number) {
    super('UnreachableJoinError', `The join task|route "${task}|${route}" is partially satisfied but unreachable.`)
  }
}

/** A named limit of the conductor; what reaches it fails the workflow. */
export class WorkflowLimitError extends ConductorError {
  override readonly name = 'WorkflowLimitError'
  /** @param option that sets it on the platform */
  constructor(limit: string, allowed: number, option: string) {
    super('WorkflowLimitError', `the workflow exceeds its limit of ${limit} (${allowed}, ${option})`)
  }
}

/** What upstream's code runs into where it takes something for granted. */
export function missingKey(key: string): PythonError {
  return new PythonError('KeyError', repr(key))
}
