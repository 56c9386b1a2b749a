import type { Diagnostic } from '@codemirror/lint'
import type { TextChange } from '@st2/designer'
import type { LineEnds } from './line-ends.ts'

/** Something wrong in a text. Offsets are the text's own. */
export interface EditorProblem {
  readonly from: number
  readonly to: number
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** What would mend it. */
  readonly fixes?: readonly ProblemFix[]
}

export interface ProblemFix {
  readonly label: string
  /** Of the text that the problem was found in, within the problem's range. */
  readonly changes: readonly TextChange[]
}

/** As CodeMirror marks it: at least one character, so that there is something to see. */
export function toDiagnostic(problem: EditorProblem, ends: LineEnds, fix: (fix: ProblemFix) => void): Diagnostic {
  const end = ends.shown.length
  const from = Math.min(ends.toShown(problem.from), end)
  const to = Math.min(Math.max(ends.toShown(problem.to), from + 1), end)
  return {
    from: to === from && ends.shown[from - 1] !== '\n' ? Math.max(0, from - 1) : from,
    to,
    severity: problem.severity,
    message: problem.message,
    actions: (problem.fixes ?? []).map((one) => ({ name: one.label, apply: () => fix(one) })),
  }
}
