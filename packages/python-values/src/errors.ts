/** Exceptions of Python whose class name and text users see in messages of the platform. */
export class PythonError extends Error {
  override readonly name: string = 'PythonError'
  /** Class name of the exception in Python, for example `TypeError`. */
  readonly pythonType: string

  constructor(pythonType: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.pythonType = pythonType
  }
}

export class PythonTypeError extends PythonError {
  override readonly name = 'PythonTypeError'

  constructor(message: string, options?: ErrorOptions) {
    super('TypeError', message, options)
  }
}

export class PythonValueError extends PythonError {
  override readonly name: string = 'PythonValueError'

  constructor(message: string, options?: ErrorOptions, pythonType = 'ValueError') {
    super(pythonType, message, options)
  }
}

/** Thrown for texts that are no Python at all. A kind of PythonValueError, since callers of literals treat both alike. */
export class PythonSyntaxError extends PythonValueError {
  override readonly name = 'PythonSyntaxError'

  constructor(message: string, options?: ErrorOptions) {
    super(message, options, 'SyntaxError')
  }
}

export class PythonZeroDivisionError extends PythonError {
  override readonly name = 'PythonZeroDivisionError'

  constructor(message: string, options?: ErrorOptions) {
    super('ZeroDivisionError', message, options)
  }
}

export class PythonOverflowError extends PythonError {
  override readonly name = 'PythonOverflowError'

  constructor(message: string, options?: ErrorOptions) {
    super('OverflowError', message, options)
  }
}

export class PythonIndexError extends PythonError {
  override readonly name = 'PythonIndexError'

  constructor(message: string, options?: ErrorOptions) {
    super('IndexError', message, options)
  }
}

export class PythonKeyError extends PythonError {
  override readonly name = 'PythonKeyError'

  constructor(message: string, options?: ErrorOptions) {
    super('KeyError', message, options)
  }
}

export class PythonRecursionError extends PythonError {
  override readonly name = 'PythonRecursionError'

  constructor(message: string, options?: ErrorOptions) {
    super('RecursionError', message, options)
  }
}
