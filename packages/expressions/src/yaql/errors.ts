/** Errors of YAQL. `pythonType` is upstream's class name, the message its text. */
import { PythonError } from '@st2/python-values'

/** A place in an expression; line and column count from 1, the offset from 0, all in code points. */
export interface SourcePosition {
  offset: number
  line: number
  column: number
}

/** The expression is no YAQL: found while parsing, before anything is evaluated. */
export class YaqlGrammarError extends PythonError {
  override readonly name: string = 'YaqlGrammarError'
  readonly position: SourcePosition
  readonly line: number
  readonly column: number

  constructor(message: string, position: SourcePosition, pythonType = 'YaqlGrammarException') {
    super(pythonType, message)
    this.position = position
    this.line = position.line
    this.column = position.column
  }
}

/** A character, a name or an escape that no token of the language begins with. */
export class YaqlLexicalError extends YaqlGrammarError {
  override readonly name = 'YaqlLexicalError'

  constructor(message: string, position: SourcePosition, pythonType = 'YaqlLexicalException') {
    super(message, position, pythonType)
  }
}

export type ResolutionFailure =
  | 'NoFunctionRegisteredException'
  | 'NoMethodRegisteredException'
  | 'NoMatchingFunctionException'
  | 'NoMatchingMethodException'
  | 'AmbiguousFunctionException'
  | 'AmbiguousMethodException'
  | 'MappingTranslationException'
  | 'ArgumentException'

/** No function, or no single one, takes the arguments of a call. */
export class YaqlResolutionError extends PythonError {
  override readonly name = 'YaqlResolutionError'
  readonly failure: ResolutionFailure

  constructor(failure: ResolutionFailure, message: string) {
    super(failure, message)
    this.failure = failure
  }
}

/** `first()` of nothing, `single()` of many. */
export class YaqlStopIteration extends PythonError {
  override readonly name = 'YaqlStopIteration'

  constructor(message = '') {
    super('StopIteration', message)
  }
}

/** The line and column of a place counted in UTF-16 units. */
export function positionAt(source: string, unit: number): SourcePosition {
  const before = source.slice(0, unit)
  const lines = before.split('\n')
  return {
    offset: Array.from(before).length,
    line: lines.length,
    column: Array.from(lines.at(-1) ?? '').length + 1,
  }
}
