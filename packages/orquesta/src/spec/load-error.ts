import { PythonError } from '@st2/python-values'

/** A definition that no workflow can be made of; inspection has nothing to say about it. `pythonType` is upstream's class. */
export class WorkflowLoadError extends PythonError {
  override readonly name = 'WorkflowLoadError'

  /** Where it is; null: not in one of the tasks. */
  readonly task: string | null

  constructor(message: string, pythonType = 'ValueError', options: ErrorOptions & { task?: string } = {}) {
    super(pythonType, message, options)
    this.task = options.task ?? null
  }

  /** Upstream's text, which does not say where, and the place. */
  get description(): string {
    return this.task === null ? this.message : `task "${this.task}": ${this.message}`
  }
}
