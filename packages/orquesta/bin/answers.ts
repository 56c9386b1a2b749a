import { MAX_LINE_LENGTH } from '@st2/expressions/lines'
import { dumpsJson, getKey, isDict, keysOf, parseJson, PythonError } from '@st2/python-values'
import { parseCase } from './case-format.ts'
import { inspectWorkflow, loadWorkflow, withoutPlaces, WorkflowLoadError } from '../src/index.ts'
import { conductCase } from './conduct-case.ts'
import { workflowExpressions } from './expressions.ts'

/** Answers one case, without its id. */
export type Answering = (message: unknown) => Record<string, unknown>

export function conductAnswer(message: unknown): Record<string, unknown> {
  return conductCase(parseCase(message))
}

export function inspectAnswer(message: unknown): Record<string, unknown> {
  const { spec, context } = parseCase(message)
  try {
    const knownVariables = keysOf(context).map(String)
    const inspection = inspectWorkflow(loadWorkflow(spec), { knownVariables, expressions: workflowExpressions })
    return { errors: withoutPlaces(inspection) }
  } catch (error) {
    if (error instanceof WorkflowLoadError) return { refused: error.message }
    throw error
  }
}

/** The answer to one line, itself one line. @param line null for one that was too long to be kept */
export function answerLine(line: string | null, answer: Answering): string {
  let id: unknown = null
  try {
    if (line === null) throw new Error(`a line is longer than MAX_LINE_LENGTH (${MAX_LINE_LENGTH} characters)`)
    const message = parseJson(line)
    if (isDict(message)) id = getKey(message, 'id') ?? null
    return dumpsJson({ id, ...answer(message) })
  } catch (error) {
    return dumpsJson({ id, error: errorText(error) })
  }
}

function errorText(error: unknown): string {
  if (error instanceof PythonError) return `${error.pythonType}: ${error.message}`
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
