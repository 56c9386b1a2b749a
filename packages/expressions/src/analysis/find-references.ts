import { DEFAULT_LIMITS, ExpressionLimitError, withinStack } from '../limits.ts'
import { PythonError } from '@st2/python-values'
import { findBlocks, findExpressions } from '../orquesta/delimiters.ts'
import { jinjaReferences, jinjaTemplateReferences } from './jinja-references.ts'
import { yaqlReferences } from './yaql-references.ts'

/** A name in an expression that stands for something of the workflow around it. */
export interface WorkflowReference {
  /** `ctx(x)`; `task(t)`, `task_status(t)`; `item(x)`. */
  kind: 'variable' | 'task' | 'item'
  name: string
  /** Where the name stands in the text, without quotes, in UTF-16 units. */
  start: number
  end: number
  /** A bare word or what follows a dot; or a text in quotes. */
  form: 'word' | 'quoted'
}

export interface FoundReferences {
  /** In the order of the text. */
  references: WorkflowReference[]
  /** Expressions that can not be read, and names that are not written as they are. */
  unread: { start: number; end: number }[]
}

/**
 * The variables, tasks and parts of items that a text of a workflow names, in the language that the text is evaluated in: YAQL where
 * it has an expression of YAQL, else Jinja. What only a run could tell, such as a name put together from parts, is not found.
 */
export function findReferences(text: string): FoundReferences {
  const found: FoundReferences = { references: [], unread: [] }
  const queries = findExpressions('yaql', text)
  if (queries.length > 0) {
    for (const { text: expression, offset } of queries) read(found, expression, offset, yaqlReferences)
  } else if (findBlocks(text).length > 0) read(found, text, 0, jinjaTemplateReferences)
  else
    for (const { text: expression, offset } of findExpressions('jinja', text))
      read(found, expression, offset, jinjaReferences)
  found.references.sort((left, right) => left.start - right.start)
  return found
}

/** @param find gives null for a name that is written in some other way than as itself */
function read(
  found: FoundReferences,
  expression: string,
  offset: number,
  find: (expression: string) => (WorkflowReference | null)[],
): void {
  try {
    const all = withinStack(DEFAULT_LIMITS, () => find(expression))
    for (const reference of all) {
      if (reference === null) found.unread.push({ start: offset, end: offset + expression.length })
      else found.references.push({ ...reference, start: reference.start + offset, end: reference.end + offset })
    }
  } catch (error) {
    if (!(error instanceof PythonError) && !(error instanceof ExpressionLimitError)) throw error
    found.unread.push({ start: offset, end: offset + expression.length })
  }
}
