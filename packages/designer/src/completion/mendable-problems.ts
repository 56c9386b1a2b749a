import type { DesignerState } from '../editor/designer-editor.ts'
import { findProblems } from '../problems/find-problems.ts'
import { type Problem, problemAt } from '../problems/problem.ts'
import type { ProblemOptions } from '../problems/problem-options.ts'
import { mistakePlace } from './mistake-place.ts'
import { callFixes, type QuickFix, quickFixes } from './quick-fixes.ts'
import { unknownCallProblem, unknownCalls } from './unknown-calls.ts'
import type { WorkflowNames } from './workflow-names.ts'

/** A problem with what would mend it, where that is known. */
export interface MendableProblem extends Problem {
  fixes: QuickFix[]
}

/** All problems, and calls of what does not exist, which inspection does not look for; in the order of the texts. */
export function findMendableProblems(
  state: DesignerState,
  options: ProblemOptions,
  names: WorkflowNames,
): MendableProblem[] {
  const { text, fault } = state.workflow
  const found = findProblems(state, options).map((problem) => ({
    ...narrowed(state, problem),
    fixes: quickFixes(problem, text, names, options),
  }))
  // What the metadata should agree with can not be read.
  if (fault !== null) return found.filter(({ kind }) => kind !== 'metadata')
  const calls = unknownCalls(text).map((call) => ({
    ...problemAt(state, unknownCallProblem(call)),
    fixes: callFixes(call, text),
  }))
  const first = found.findIndex(({ file }) => file !== 'workflow')
  const ofWorkflow = first === -1 ? found : found.slice(0, first)
  const merged = [...ofWorkflow, ...calls].sort((left, right) => left.from - right.from)
  return [...merged, ...found.slice(ofWorkflow.length)]
}

function narrowed(state: DesignerState, problem: Problem): Problem {
  if (problem.file !== 'workflow' || problem.kind !== 'expression') return problem
  return problemAt(state, { ...problem, ...mistakePlace(state.workflow.text, problem) })
}
