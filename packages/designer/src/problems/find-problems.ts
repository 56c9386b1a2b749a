import type { DesignerState } from '../editor/designer-editor.ts'
import type { FileState } from '../editor/file-state.ts'
import { GIVEN_VARIABLES } from '../rules/given-variables.ts'
import { metadataProblems } from './metadata-problems.ts'
import { type Found, type Problem, problemAt } from './problem.ts'
import type { ProblemOptions } from './problem-options.ts'
import { workflowProblems } from './workflow-problems.ts'

/**
 * Everything that is wrong with both texts, in the order of the text. A text that can not be read has just that problem: what its
 * last readable version said would stand in other places.
 */
export function findProblems(state: DesignerState, options: ProblemOptions = {}): Problem[] {
  const { workflow, metadata } = state
  const found = [
    ...(workflow.fault === null
      ? workflowProblems(workflow.model, { ...options, knownVariables: options.knownVariables ?? GIVEN_VARIABLES })
      : []),
    ...(metadata.fault === null ? metadataProblems(workflow.model, metadata.model) : []),
  ]
  const problems = distinct(found).map((one) => problemAt(state, one))
  problems.sort((left, right) => compareFiles(left, right) || left.from - right.from)
  return [...faultOf('workflow', workflow), ...faultOf('metadata', metadata), ...problems]
}

/** Inspection says some things once for each way that leads there. */
function distinct(found: readonly Found[]): Found[] {
  const first = new Map<string, Found>()
  for (const one of found) {
    const key = JSON.stringify([one.file, one.kind, one.from, one.message])
    if (!first.has(key)) first.set(key, one)
  }
  return [...first.values()]
}

function compareFiles(left: Problem, right: Problem): number {
  if (left.file === right.file) return 0
  return left.file === 'workflow' ? -1 : 1
}

function faultOf(file: Problem['file'], { fault }: FileState<unknown>): Problem[] {
  if (fault === null) return []
  const { message, line, column, offset } = fault
  const place = { path: null, from: offset, to: offset, line, column, task: null, transition: null }
  return [{ file, severity: 'error', kind: 'yaml', message, ...place }]
}
