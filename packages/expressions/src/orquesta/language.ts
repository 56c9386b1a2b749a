import type { Budget } from '../limits.ts'
import type { WorkflowLanguage } from './errors.ts'
import type { LookUpAnswer, LookUpRequest } from './look-ups.ts'

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

/** What expressions of one field see and may use. */
export interface FieldEvaluation {
  /** What functions see: `__vars` is the whole context of the workflow, the others are taken from it. */
  context: Record<string, unknown>
  /** Shared by all expressions of the field and those that their values hold. */
  budget: Budget
  lookUp: (request: LookUpRequest) => LookUpAnswer
  random: (() => number) | undefined
  now: (() => number) | undefined
}

/** One of the languages of workflows. */
export interface ExpressionLanguage {
  readonly type: WorkflowLanguage
  has: (text: string) => boolean
  /** @throws WorkflowExpressionError, ExpressionLimitError, MissingKeyError */
  evaluate: (text: string, field: FieldEvaluation) => unknown
  validate: (text: string) => ExpressionMistake[]
}

/** The line and column of a place in a text, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}
