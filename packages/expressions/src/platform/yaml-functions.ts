import {
  dictFrom,
  entriesOf,
  floatValue,
  isDict,
  isFloat,
  isInt,
  isTruthy,
  PyObject,
  PythonError,
  requireWithin,
  PythonTypeError,
  repr,
  reprFloat,
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
      requireRepresentable(value)
      const text = attempt(() => dumpWithFloats(value, (data) => codec(host).dump(data, options)))
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

/**
 * Writers know plain data only, in which 1.0 is 1: floats with an integral value stand in it as words that no text of the data
 * holds, and are put back into what was written.
 */
function dumpWithFloats(value: unknown, dump: (data: unknown) => string): string {
  const floats: number[] = []
  const data = toJsonValue(collectFloats(value, floats))
  if (floats.length === 0) return dump(data)
  const texts = JSON.stringify(data, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
  const longest = (texts.match(/floatx*/g) ?? []).reduce((most, found) => Math.max(most, found.length), 0)
  const word = `float${'x'.repeat(longest)}`
  const marked = toJsonValue(collectFloats(value, [], word))
  return dump(marked).replace(new RegExp(`${word}(\\d+)_`, 'g'), (_, at: string) => yamlFloat(floats[Number(at)]))
}

/** @param word puts a word in the place of each float; without it they stay */
function collectFloats(value: unknown, floats: number[], word?: string): unknown {
  if (isFloat(value) && Number.isInteger(floatValue(value))) {
    floats.push(floatValue(value))
    return word === undefined ? value : `${word}${floats.length - 1}_`
  }
  if (Array.isArray(value)) return Array.from(value, (item: unknown) => collectFloats(item, floats, word))
  if (!isDict(value)) return value
  return dictFrom(entriesOf(value).map(([key, inner]) => [key, collectFloats(inner, floats, word)]))
}

function yamlFloat(value = 0): string {
  const text = reprFloat(value)
  return text.includes('.') ? text : text.replace('e', '.0e')
}

/** @throws PythonError for what has no form in YAML */
function requireRepresentable(value: unknown): void {
  const unknown = strangerIn(value, 0)
  if (unknown === undefined) return
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
