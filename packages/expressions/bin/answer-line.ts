import { dumpsJson, getKey, isDict, PythonError } from '@st2/python-values'
import {
  expressionErrorText,
  LayerEvaluator,
  parseLayerRequest,
  readJson,
  resultText,
  type Surroundings,
} from '../src/index.ts'
import { MAX_LINE_LENGTH } from './bounded-lines.ts'
import { YAML } from './yaml-codec.ts'

const evaluator = new LayerEvaluator(YAML)

/** The answer to one line, itself one line. @param line null for one that was too long to be kept */
export function answerLine(line: string | null, surroundings: Surroundings): string {
  let id = 'null'
  try {
    if (line === null)
      throw new ExpressionLineError(`a line is longer than MAX_LINE_LENGTH (${MAX_LINE_LENGTH} characters)`)
    const message = readJson(line)
    if (isDict(message)) id = dumpsJson(getKey(message, 'id') ?? null)
    const value = resultText(evaluator.evaluate(parseLayerRequest(message), surroundings))
    return `{"id": ${id}, "value": ${value}}`
  } catch (error) {
    return `{"id": ${id}, "error": ${dumpsJson(expressionErrorText(error))}}`
  }
}

class ExpressionLineError extends PythonError {
  override readonly name = 'ExpressionLineError'

  constructor(message: string) {
    super('InvalidRequest', message)
  }
}
