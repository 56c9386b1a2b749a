import { PythonError } from '@st2/python-values'

/** A rehearsal that can not be held. What merely differs is part of its report. */
export class WorkflowRehearsalError extends PythonError {
  override readonly name = 'WorkflowRehearsalError'

  constructor(message: string, options: ErrorOptions = {}) {
    super('WorkflowRehearsalError', message, options)
  }
}
