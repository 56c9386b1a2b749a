import {
  findAll,
  isInt,
  isTruthy,
  matchStart,
  PythonIndexError,
  PythonTypeError,
  type RegexOptions,
  searchText,
  str,
  substitute,
  typeName,
} from '@st2/python-values'
import type { FunctionHost, PlatformFunction } from './function-table.ts'

/** @source st2: st2common/st2common/expressions/functions/regex.py */
export const REGEX_FUNCTIONS: readonly PlatformFunction[] = [
  {
    name: 'regex_match',
    pythonName: 'regex_match',
    parameters: ['value', 'pattern', ['ignorecase', false]],
    help: 'Whether the text begins with the pattern.',
    run: ([value, pattern, ignore], host) => matchStart(patternOf(pattern), str(value), options(ignore, host)),
  },
  {
    name: 'regex_search',
    pythonName: 'regex_search',
    parameters: ['value', 'pattern', ['ignorecase', false]],
    help: 'Whether the pattern occurs anywhere in the text.',
    run: ([value, pattern, ignore], host) => searchText(patternOf(pattern), str(value), options(ignore, host)),
  },
  {
    name: 'regex_replace',
    pythonName: 'regex_replace',
    parameters: ['value', 'pattern', 'replacement', ['ignorecase', false]],
    help: 'The text with every match replaced; \\1 stands for the first group.',
    run: ([value, pattern, replacement, ignore], host) => {
      if (typeof replacement !== 'string') {
        throw new PythonTypeError(`decoding to str: need a bytes-like object, ${typeName(replacement)} found`)
      }
      const text = substitute(patternOf(pattern), replacement, str(value), options(ignore, host))
      host.budget.requireLength(text.length)
      return text
    },
  },
  {
    name: 'regex_substring',
    pythonName: 'regex_substring',
    parameters: ['value', 'pattern', ['result_index', 0], ['ignorecase', false]],
    help: 'The match at an index: its group where the pattern has one.',
    run: ([value, pattern, index, ignore], host) => {
      const found = findAll(patternOf(pattern), str(value), options(ignore, host))
      if (!isInt(index) && typeof index !== 'boolean') {
        throw new PythonTypeError(`list indices must be integers or slices, not ${typeName(index)}`)
      }
      const item = found.at(Number(index))
      if (Number(index) >= found.length || item === undefined) throw new PythonIndexError('list index out of range')
      return item
    },
  },
]

function patternOf(pattern: unknown): string {
  if (typeof pattern === 'string') return pattern
  if (Array.isArray(pattern)) throw new PythonTypeError(`unhashable type: '${typeName(pattern)}'`)
  throw new PythonTypeError('first argument must be string or compiled pattern')
}

function options(ignoreCase: unknown, { budget }: FunctionHost): RegexOptions {
  return { ignoreCase: isTruthy(ignoreCase), onStep: () => budget.spend() }
}
