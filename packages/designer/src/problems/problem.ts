import type { DesignerFile } from '../commands/designer-command.ts'
import type { DesignerState } from '../editor/designer-editor.ts'
import { placeAt } from '../model/places.ts'

export type ProblemKind =
  | 'yaml'
  | 'load'
  | 'syntax'
  | 'semantic'
  | 'expression'
  | 'context'
  | 'content'
  | 'metadata'
  | 'analysis'

/** Something that is wrong, and where it stands in the text that is shown. */
export interface Problem {
  file: DesignerFile
  severity: 'error' | 'warning'
  kind: ProblemKind
  message: string
  /** `tasks.t1.next[0].do`; null for the text as a whole. */
  path: string | null
  from: number
  to: number
  /** Both from 1. */
  line: number
  column: number
  task: string | null
  transition: number | null
}

export type Found = Pick<Problem, 'file' | 'severity' | 'kind' | 'message' | 'path' | 'from' | 'to'>

/** With the place in lines, and what of the workflow stands there. */
export function problemAt(state: DesignerState, found: Found): Problem {
  const file = state[found.file]
  const { line, column } = file.model.source.lines.place(found.from)
  const inTask = found.file === 'workflow' ? placeAt(file.model, found.from) : { task: null, transition: null }
  return { ...found, line, column, task: inTask.task, transition: inTask.transition }
}
