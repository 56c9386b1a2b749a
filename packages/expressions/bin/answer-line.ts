import { dumpsJson, getKey, isDict, PythonError } from '@st2/python-values'
import { dumpYaml, parseYaml } from '@st2/yaml'
import {
  expressionErrorText,
  LayerEvaluator,
  parseLayerRequest,
  readJson,
  resultText,
  type Surroundings,
} from '../src/index.ts'
import { MAX_LINE_LENGTH } from './bounded-lines.ts'

const evaluator = new LayerEvaluator({
  parse: (text) => parseYaml(text),
  dump: (value, { indent, allowUnicode }) => dumpYaml(value, { ...(indent === null ? {} : { indent }), allowUnicode }),
})

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
