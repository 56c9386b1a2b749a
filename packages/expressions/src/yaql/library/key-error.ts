import { PythonKeyError } from '@st2/python-values'
import { reprOf } from '../values/text.ts'

/** The text of a KeyError is the repr of the key. */
export function keyError(key: unknown): PythonKeyError {
  return new PythonKeyError(reprOf(key))
}
