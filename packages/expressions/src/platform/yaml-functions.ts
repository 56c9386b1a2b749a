import {
  isDict,
  isInt,
  isTruthy,
  PyObject,
  PythonError,
  requireWithin,
  PythonTypeError,
  repr,
  str,
  toJsonValue,
  valuesOf,
} from '@st2/python-values'
import type { FunctionHost, PlatformFunction, YamlCodec } from './function-table.ts'

/** @source st2: st2common/st2common/expressions/functions/data.py */
export const YAML_FUNCTIONS: readonly PlatformFunction[] = [
  {
    name: 'to_yaml_string',
    pythonName: 'to_yaml_string',
    parameters: ['value', ['indent', null], ['allow_unicode', true]],
    help: 'The value as YAML text in block style.',
    run: ([value, indent, allowUnicode], host) => {
      const options = { indent: indentOf(indent), allowUnicode: isTruthy(allowUnicode) }
      const data = representable(value)
      const text = attempt(() => codec(host).dump(data, options))
      host.budget.requireLength(text.length)
      // upstream's writer, unlike the one of Python's own, leaves out the end mark of a scalar
      return text.replace(/\n\.\.\.\n$/, '\n')
    },
  },
  {
    name: 'from_yaml_string',
    pythonName: 'from_yaml_string',
    parameters: ['value'],
    help: 'The value that a YAML text describes.',
    run: ([value], host) => attempt(() => codec(host).parse(str(value))),
  },
]

function codec({ yaml }: FunctionHost): YamlCodec {
  if (yaml === undefined) throw new PythonError('RuntimeError', 'YAML is not available to expressions here')
  return yaml
}

function indentOf(indent: unknown): number | null {
  if (indent === null || isInt(indent)) return indent === null ? null : Number(indent)
  throw new PythonTypeError('an integer is required')
}

/** The value as plain data. @throws PythonError for what has no form in YAML */
function representable(value: unknown): unknown {
  const unknown = strangerIn(value, 0)
  if (unknown === undefined) return toJsonValue(value)
  throw new PythonError('RepresenterError', `('cannot represent an object', ${repr(unknown)})`)
}

function strangerIn(value: unknown, depth: number): PyObject | undefined {
  if (value instanceof PyObject) return value
  requireWithin('valueDepth', depth)
  const items: unknown[] = Array.isArray(value) ? value : isDict(value) ? valuesOf(value) : []
  for (const item of items) {
    const found = strangerIn(item, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** Mistakes that the reader or writer finds are errors of the expression. */
function attempt<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof PythonError || !(error instanceof Error)) throw error
    throw new PythonError('YAMLError', error.message, { cause: error })
  }
}
