import { PythonError, typeName } from '@st2/python-values'
import { Undefined } from '../undefined.ts'

/** A text whose method a filter calls. @throws PythonError with the text Python gives where the method is missing */
export function requireText(value: unknown, method: string): string {
  if (typeof value === 'string') return value
  if (value instanceof Undefined) throw value.error()
  throw new PythonError('AttributeError', `'${typeName(value)}' object has no attribute '${method}'`)
}
