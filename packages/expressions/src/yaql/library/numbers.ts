/** Integers that functions count with, out of YAQL's integers. */
import { type PyInt, PythonOverflowError, PythonValueError } from '@st2/python-values'

/** Python's `sys.maxsize`; more does not fit into a C integer. */
export const MAX_SIZE = 2n ** 63n - 1n

/**
 * A count or a position. Values beyond what any text or list has are brought down to a size that behaves the same.
 *
 * @throws PythonOverflowError when Python would not take it for a C integer
 */
export function toSize(value: PyInt | boolean): number {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  const exact = BigInt(value)
  if (exact > MAX_SIZE || exact < -MAX_SIZE - 1n) {
    throw new PythonOverflowError('Python int too large to convert to C ssize_t')
  }
  return number < 0 ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER
}

/** How often something is repeated. @throws PythonOverflowError with another text than for counts */
export function toRepetitions(value: PyInt | boolean): number {
  const exact = BigInt(value)
  if (exact > MAX_SIZE || exact < -MAX_SIZE - 1n) {
    throw new PythonOverflowError("cannot fit 'int' into an index-sized integer")
  }
  return toPlace(value)
}

/** A place in a text or a list, or any other number that is only compared: one too large is as good as the end. */
export function toPlace(value: PyInt | boolean): number {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  return number < 0 ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER
}

export function toBigInt(value: PyInt | boolean): bigint {
  return BigInt(value)
}

/** Negative ones and those that do not fit are refused in two ways. @source CPython: Modules/itertoolsmodule.c islice_new */
export function stopOrFail(count: PyInt | boolean): number {
  const exact = toBigInt(count)
  if (exact === -1n || exact > MAX_SIZE || exact < -MAX_SIZE - 1n) {
    throw new PythonValueError('Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.')
  }
  return sizeOrFail(count)
}

export function sizeOrFail(count: PyInt | boolean): number {
  const exact = toBigInt(count)
  if (exact < 0n || exact > MAX_SIZE) {
    throw new PythonValueError('Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.')
  }
  return toPlace(count)
}
