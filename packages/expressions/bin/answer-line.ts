import { dumpsJson, getKey, isDict, PythonError } from '@st2/python-values'
import { MAX_LINE_LENGTH } from './bounded-lines.ts'
import { evaluateRequest, parseRequest, type Surroundings } from './evaluate-request.ts'
import { resultText } from './json-result.ts'
import { readJson } from './read-json.ts'

/** The answer to one line, itself one line. @param line null for one that was too long to be kept */
export function answerLine(line: string | null, surroundings: Surroundings): string {
  let id = 'null'
  try {
    if (line === null)
      throw new ExpressionLineError(`a line is longer than MAX_LINE_LENGTH (${MAX_LINE_LENGTH} characters)`)
    const message = readJson(line)
    if (isDict(message)) id = dumpsJson(getKey(message, 'id') ?? null)
    const value = resultText(evaluateRequest(parseRequest(message), surroundings))
    return `{"id": ${id}, "value": ${value}}`
  } catch (error) {
    return `{"id": ${id}, "error": ${dumpsJson(errorText(error))}}`
  }
}

class ExpressionLineError extends PythonError {
  override readonly name = 'ExpressionLineError'

  constructor(message: string) {
    super('InvalidRequest', message)
  }
}

/** `Class: message`, the class being upstream's. */
function errorText(error: unknown): string {
  if (error instanceof PythonError) return `${error.pythonType}: ${error.message}`
  if (error instanceof RangeError && /call stack|recursion/i.test(error.message)) {
    return "ExpressionLimitError: the expression exceeds the host's stack"
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
