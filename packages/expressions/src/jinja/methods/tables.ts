import { BYTES_METHODS } from './bytes-methods.ts'
import { DICT_METHODS, LIST_METHODS, RANGE_METHODS, TUPLE_METHODS } from './container-methods.ts'
import type { MethodTable } from './method.ts'
import { CHANGING_DICT_METHODS, CHANGING_LIST_METHODS } from './mutating-methods.ts'
import { FLOAT_METHODS, INT_METHODS } from './number-methods.ts'
import { STRING_METHODS } from './string-methods.ts'

/** The methods of values, by the name of their kind in Python. */
export const METHODS: Record<string, MethodTable> = {
  str: STRING_METHODS,
  bytes: BYTES_METHODS,
  dict: { ...DICT_METHODS, ...CHANGING_DICT_METHODS },
  list: { ...LIST_METHODS, ...CHANGING_LIST_METHODS },
  tuple: TUPLE_METHODS,
  range: RANGE_METHODS,
  int: INT_METHODS,
  bool: INT_METHODS,
  float: FLOAT_METHODS,
}
