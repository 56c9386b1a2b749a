import { DICT_METHODS, FLOAT_METHODS, INT_METHODS, LIST_METHODS, TUPLE_METHODS } from './container-methods.ts'
import type { MethodTable } from './method.ts'
import { CHANGING_DICT_METHODS, CHANGING_LIST_METHODS } from './mutating-methods.ts'
import { STRING_METHODS } from './string-methods.ts'

/** The methods of values, by the name of their kind in Python. */
export const METHODS: Record<string, MethodTable> = {
  str: STRING_METHODS,
  dict: { ...DICT_METHODS, ...CHANGING_DICT_METHODS },
  list: { ...LIST_METHODS, ...CHANGING_LIST_METHODS },
  tuple: TUPLE_METHODS,
  int: INT_METHODS,
  float: FLOAT_METHODS,
}

/** Methods that exist in Python and not here. */
export const UNSUPPORTED_METHODS: Record<string, Set<string>> = {
  str: new Set(['encode', 'expandtabs', 'format_map', 'isprintable', 'maketrans', 'translate']),
  dict: new Set(['fromkeys']),
  int: new Set([
    'as_integer_ratio',
    'conjugate',
    'denominator',
    'from_bytes',
    'imag',
    'numerator',
    'real',
    'to_bytes',
    'bit_count',
  ]),
  float: new Set(['as_integer_ratio', 'conjugate', 'fromhex', 'hex', 'imag', 'real']),
}
