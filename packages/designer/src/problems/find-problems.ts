import type { ActionParameters } from '@st2/orquesta'
import type { DesignerState } from '../editor/designer-editor.ts'
import type { FileState } from '../editor/file-state.ts'
import { metadataProblems } from './metadata-problems.ts'
import { type Problem, problemAt } from './problem.ts'
import { workflowProblems } from './workflow-problems.ts'

export interface ProblemOptions {
  /** Variables that the platform gives. @default st2, parent */
  knownVariables?: readonly string[]
  /** References of the actions that exist; without it none is called unknown. */
  knownActions?: ReadonlySet<string>
  /** What an action takes; null for one that is not known. Without it inputs are not compared. */
  actionParameters?: (ref: string) => ActionParameters | null
}

const GIVEN = ['st2', 'parent']

/**
 * Everything that is wrong with both texts, in the order of the text. A text that can not be read has just that problem: what its
 * last readable version said would stand in other places.
 */
export function findProblems(state: DesignerState, options: ProblemOptions = {}): Problem[] {
  const { workflow, metadata } = state
  const found = [
    ...(workflow.fault === null
      ? workflowProblems(workflow.model, { ...options, knownVariables: options.knownVariables ?? GIVEN })
      : []),
    ...(metadata.fault === null ? metadataProblems(workflow.model, metadata.model) : []),
  ]
    .map((one) => problemAt(state, one))
    .filter(isFirst)
  found.sort((left, right) => compareFiles(left, right) || left.from - right.from)
  return [...faultOf('workflow', workflow), ...faultOf('metadata', metadata), ...found]
}

/** Inspection says some things once for each way that leads there. */
function isFirst(problem: Problem, index: number, all: readonly Problem[]): boolean {
  return (
    all.findIndex(({ from, message, kind, file }) => {
      return from === problem.from && message === problem.message && kind === problem.kind && file === problem.file
    }) === index
  )
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
