import { type Dict, PythonError } from '@st2/python-values'
import {
  ExpressionEvaluationError,
  ExpressionLimitError,
  type FieldOptions,
  type WorkflowExpressions,
} from '@st2/expressions'

/** Evaluates fields; what look-ups, the clock and chance give is set for each event. */
export class Fields {
  readonly #expressions: WorkflowExpressions
  #surroundings: FieldOptions = {}

  constructor(expressions: WorkflowExpressions) {
    this.#expressions = expressions
  }

  /** Runs a decision with what it may look up. */
  within<T>(surroundings: FieldOptions, decide: () => T): T {
    const outer = this.#surroundings
    this.#surroundings = surroundings
    try {
      return decide()
    } finally {
      this.#surroundings = outer
    }
  }

  /** @throws PythonError, MissingKeyError when a look-up has no answer yet */
  evaluate(statement: unknown, data: Dict): unknown {
    return this.#expressions.evaluate(statement, data, this.#surroundings)
  }
}

/** What the log of a workflow takes; any other error ends the event. */
export function asEvaluationError(error: unknown): PythonError {
  if (error instanceof ExpressionEvaluationError || error instanceof ExpressionLimitError) return error
  throw error
}

/** What fails a task that can not be rendered: errors of Python's kind. The rest is the caller's business. */
export function asPythonError(error: unknown): PythonError {
  if (error instanceof PythonError) return error
  throw error
}
