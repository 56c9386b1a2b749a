/** Errors of workflow expressions. `pythonType` is upstream's class name. @source orquesta: orquesta/exceptions.py */
import { PythonError } from '@st2/python-values'

export type WorkflowLanguage = 'yaql' | 'jinja'

const EVALUATION_ERRORS: Record<WorkflowLanguage, string> = {
  yaql: 'YaqlEvaluationException',
  jinja: 'JinjaEvaluationException',
}

/** A function refuses its arguments, or what it needs is not there. */
export class ExpressionEvaluationError extends PythonError {
  override readonly name: string = 'ExpressionEvaluationError'

  constructor(message: string, options: ErrorOptions & { pythonType?: string } = {}) {
    super(options.pythonType ?? 'ExpressionEvaluationException', message, options)
  }
}

/** An expression in a workflow's field failed: the message names the expression and the reason. */
export class WorkflowExpressionError extends ExpressionEvaluationError {
  override readonly name = 'WorkflowExpressionError'
  readonly language: WorkflowLanguage
  /** With its delimiters; null where the field as a whole is at fault. */
  readonly expression: string | null

  constructor(language: WorkflowLanguage, expression: string | null, message: string, options: ErrorOptions = {}) {
    super(message, { ...options, pythonType: EVALUATION_ERRORS[language] })
    this.language = language
    this.expression = expression
  }
}

export function variableUndefined(name: string): PythonError {
  return new PythonError('VariableUndefinedError', `The variable "${name}" is undefined.`)
}

export function variableInaccessible(name: string): PythonError {
  return new PythonError('VariableInaccessibleError', `The variable "${name}" is for internal use and inaccessible.`)
}
