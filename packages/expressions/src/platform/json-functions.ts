import {
  dumpsJson,
  isInt,
  isTruthy,
  parseJson,
  PythonOverflowError,
  PythonTypeError,
  requireWithin,
  PyTuple,
  str,
  typeName,
} from '@st2/python-values'
import { weigh } from '../jinja/weight.ts'
import { findByPath } from './json-path.ts'
import type { FunctionHost, PlatformFunction } from './function-table.ts'

/** Text that stands for None through a rendering; casting turns it back. @source st2: st2common/st2common/expressions/functions/data.py */
export const NONE_MAGIC_VALUE = '%*****__%NONE%__*****%'

/** @source st2: st2common/st2common/expressions/functions/data.py */
export const JSON_FUNCTIONS: readonly PlatformFunction[] = [
  {
    name: 'to_json_string',
    pythonName: 'to_json_string',
    parameters: ['value', ['indent', null], ['sort_keys', false], ['separators', PyTuple.from([',', ': '])]],
    help: 'The value as JSON text.',
    run: ([value, indent, sortKeys, separators], host) =>
      bounded(
        host,
        dumpsJson(value, {
          indent: jsonIndent(indent),
          sortKeys: isTruthy(sortKeys),
          ...(separators === null ? {} : { separators: pairOfTexts(separators) }),
        }),
      ),
  },
  {
    name: 'from_json_string',
    pythonName: 'from_json_string',
    parameters: ['value'],
    help: 'The value that a JSON text describes.',
    run: ([value], { budget }) => {
      const text = str(value)
      weigh(budget, text, text, text, text)
      return parseJson(text)
    },
  },
  {
    name: 'json_escape',
    pythonName: 'json_escape',
    parameters: ['value'],
    help: 'The text escaped so that it can stand between the quotes of a JSON text.',
    run: ([value], host) => bounded(host, dumpsJson(value)).replace(/^"+|"+$/g, ''),
  },
  {
    name: 'jsonpath_query',
    pythonName: 'jsonpath_query',
    parameters: ['value', 'query'],
    help: 'The parts of the value that a JSONPath leads to, null when there are none.',
    run: ([value, query], host) => {
      if (typeof query !== 'string') throw new PythonTypeError(`'${typeName(query)}' object is not subscriptable`)
      const found = findByPath(value, query, host)
      return found.length === 0 ? null : found
    },
  },
  {
    name: 'to_complex',
    pythonName: 'to_complex',
    parameters: ['value'],
    help: 'The value as JSON text, so that a parameter keeps its type.',
    run: ([value], host) => bounded(host, dumpsJson(value)),
  },
  {
    name: 'use_none',
    pythonName: 'use_none',
    parameters: ['value'],
    help: 'Null as a text that casting turns back into null; every other value as it is.',
    run: ([value]) => (value === null ? NONE_MAGIC_VALUE : value),
  },
]

function bounded({ budget }: FunctionHost, text: string): string {
  budget.requireLength(text.length)
  weigh(budget, text)
  return text
}

/** The indentation of JSON as its writer takes it. @throws PythonValueError when it is too wide */
export function jsonIndent(indent: unknown): number | string | null {
  if (indent === null || typeof indent === 'string') return indent
  if (isInt(indent) || typeof indent === 'boolean') {
    if (typeof indent === 'bigint' && BigInt.asIntN(64, indent) !== indent) {
      throw new PythonOverflowError("cannot fit 'int' into an index-sized integer")
    }
    requireWithin('formatWidth', Number(indent))
    return Number(indent)
  }
  throw new PythonTypeError(`can't multiply sequence by non-int of type '${typeName(indent)}'`)
}

function pairOfTexts(separators: unknown): [string, string] {
  const items: unknown[] = Array.isArray(separators) ? separators : []
  const [comma, colon] = items
  if (items.length !== 2 || typeof comma !== 'string' || typeof colon !== 'string') {
    throw new PythonTypeError('separators must be two texts')
  }
  return [comma, colon]
}
