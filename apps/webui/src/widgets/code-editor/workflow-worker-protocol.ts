import type { DesignerTexts, MendableProblem, WorkflowCompletion, WorkflowHelp } from '@st2/designer'
import type { ActionParameters } from '@st2/orquesta'

/** What the worker is asked, and what it answers to each. */
export interface WorkflowQuestions {
  complete: { ask: { text: string; offset: number }; answer: WorkflowCompletion | null }
  help: { ask: { text: string; offset: number }; answer: WorkflowHelp | null }
  problems: { ask: ProblemsAsk; answer: MendableProblem[] }
}

export interface ProblemsAsk {
  readonly texts: DesignerTexts
  /** null: not known yet, so that none is called unknown. */
  readonly knownActions: readonly string[] | null
  /** What the actions take, as far as it is known. */
  readonly parameters: ReadonlyMap<string, ActionParameters>
}

export type Question = keyof WorkflowQuestions

export type WorkflowAsk = { [Q in Question]: { id: number; question: Q; ask: WorkflowQuestions[Q]['ask'] } }[Question]

export type WorkflowTell =
  | { id: number; answer: WorkflowQuestions[Question]['answer'] }
  | { id: number; failure: string }
