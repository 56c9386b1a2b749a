import type { WorkflowLanguage } from './errors.ts'
import type { Field } from './field.ts'

/** A mistake in a field of a workflow, found without evaluating it. */
export interface ExpressionMistake {
  /** null when the field mixes languages. */
  type: WorkflowLanguage | null
  expression: string
  message: string
  /** In the field's text, both from 1. */
  line: number
  column: number
}

/** A text taken apart: what of it is evaluated. It holds no data and serves any number of evaluations. */
export interface PreparedText {
  /** @throws WorkflowExpressionError, ExpressionLimitError, MissingKeyError */
  evaluate: (field: Field) => unknown
}

/** One of the languages of workflows. */
export interface ExpressionLanguage {
  readonly type: WorkflowLanguage
  has: (text: string) => boolean
  /** null for a text without expressions of the language. Texts that have some are kept. */
  prepare: (text: string) => PreparedText | null
  validate: (text: string) => ExpressionMistake[]
}

/** The line and column of a place in a text, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}
