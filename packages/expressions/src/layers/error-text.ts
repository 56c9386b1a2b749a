import { PythonError } from '@st2/python-values'

/** `Class: message`, the class being upstream's. */
export function expressionErrorText(error: unknown): string {
  if (error instanceof PythonError) return `${error.pythonType}: ${error.message}`
  if (error instanceof RangeError && /call stack|recursion/i.test(error.message)) {
    return "ExpressionLimitError: the expression exceeds the host's stack"
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
