import { PythonError } from '@st2/python-values'

/** A definition that no workflow can be made of; inspection has nothing to say about it. `pythonType` is upstream's class. */
export class WorkflowLoadError extends PythonError {
  override readonly name = 'WorkflowLoadError'

  constructor(message: string, pythonType = 'ValueError', options: ErrorOptions = {}) {
    super(pythonType, message, options)
  }
}
