import { PythonError } from '@st2/python-values'

/** A place in a template; both count from 1. */
export interface Position {
  line: number
  column: number
}

/** The template is no template: found while parsing, before anything is evaluated. */
export class TemplateSyntaxError extends PythonError {
  override readonly name: string = 'TemplateSyntaxError'
  readonly line: number
  readonly column: number

  constructor(message: string, position: Position, pythonType = 'TemplateSyntaxError') {
    super(pythonType, message)
    this.line = position.line
    this.column = position.column
  }
}

/** The template names a filter or a test that does not exist. */
export class TemplateAssertionError extends TemplateSyntaxError {
  override readonly name = 'TemplateAssertionError'

  constructor(message: string, position: Position) {
    super(message, position, 'TemplateAssertionError')
  }
}

export class TemplateRuntimeError extends PythonError {
  override readonly name: string = 'TemplateRuntimeError'

  constructor(message: string, pythonType = 'TemplateRuntimeError') {
    super(pythonType, message)
  }
}

/** `'x' is undefined`, `'dict object' has no attribute 'k'`. */
export class UndefinedError extends TemplateRuntimeError {
  override readonly name = 'UndefinedError'

  constructor(message: string) {
    super(message, 'UndefinedError')
  }
}

/** The template reaches for what the sandbox keeps shut. */
export class SecurityError extends TemplateRuntimeError {
  override readonly name = 'SecurityError'

  constructor(message: string) {
    super(message, 'SecurityError')
  }
}

export class FilterArgumentError extends TemplateRuntimeError {
  override readonly name = 'FilterArgumentError'

  constructor(message: string) {
    super(message, 'FilterArgumentError')
  }
}
