import type { ParameterSchema, ParameterSchemas } from '@st2/model'
import { makeFloat, parseLiteral, PythonSyntaxError, PythonValueError, toFloat, toInt } from '@st2/python-values'
import { parseLosslessJson } from '../session/lossless-json.ts'

export interface Signature {
  readonly runner: ParameterSchemas
  readonly action: ParameterSchemas
}

export const BOOLEAN_MESSAGE = 'Invalid value for boolean parameter. Valid values are: true, false'

/** The runner's word counts before the action's. A parameter nobody declares has no type. */
export function typeOf(name: string, signature: Signature): unknown {
  const declared = Object.hasOwn(signature.runner, name) ? signature.runner[name] : signature.action[name]
  return declared?.type
}

/**
 * What a word of the command line means for a parameter.
 *
 * @source cli.md 8.2
 */
export function castParameter(name: string, word: string, signature: Signature, mode: 'plain' | 'auto-dict'): unknown {
  const type = typeOf(name, signature)
  if (type === 'array') return castArray(name, word, signature, mode)
  if (type === 'boolean') return castBoolean(word)
  if (type === 'integer') return toInt(word)
  if (type === 'number') return makeFloat(toFloat(word))
  if (type === 'object') return castObject(name, word)
  return word
}

/** NOTE: `1` and `0` are integers: the word is read as a Python literal with a capital first letter. */
function castBoolean(word: string): unknown {
  const literal = word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
  try {
    return parseLiteral(literal)
  } catch (cause) {
    if (cause instanceof PythonValueError || cause instanceof PythonSyntaxError) {
      throw new Error(BOOLEAN_MESSAGE, { cause })
    }
    throw cause
  }
}

function castArray(name: string, word: string, signature: Signature, mode: 'plain' | 'auto-dict'): unknown {
  const value = arrayOf(word)
  if (mode === 'plain' || !Array.isArray(value) || value.length === 0) return value
  const items: readonly unknown[] = value
  const pairs = items.filter((item): item is string => typeof item === 'string' && item.includes(':'))
  return pairs.length === items.length ? [objectOfPairs(name, pairs, signature)] : value
}

/** One integer is a list of it; JSON is what it says, whatever its type; everything else is split at commas. */
function arrayOf(word: string): unknown {
  try {
    return [toInt(word)]
  } catch (error) {
    if (!(error instanceof PythonValueError)) throw error
  }
  try {
    return parseLosslessJson(word)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return word.split(',').map((item) => item.trim())
  }
}

function objectOfPairs(name: string, pairs: readonly string[], signature: Signature): Record<string, unknown> {
  const properties: Readonly<Record<string, ParameterSchema>> = signature.action[name]?.properties ?? {}
  const entries = pairs.map((pair): [string, unknown] => {
    const [key = '', value = '', ...more] = pair.split(':')
    if (more.length > 0) throw new Error(`Item "${pair}" of parameter "${name}" holds more than one colon.`)
    const nested = { runner: signature.runner, action: properties }
    return [key, Object.hasOwn(properties, key) ? castParameter(key, value, nested, 'auto-dict') : value]
  })
  return Object.fromEntries(entries)
}

function castObject(name: string, word: string): unknown {
  if (!word.startsWith('{')) return objectOfAssignments(word)
  try {
    return parseLosslessJson(word)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`Invalid value for object parameter "${name}": ${reason}`, { cause })
  }
}

function objectOfAssignments(word: string): Record<string, string> {
  const pairs = word.split(',').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=')
    return at === -1 ? [] : [[pair.slice(0, at), pair.slice(at + 1)]]
  })
  return Object.fromEntries(pairs)
}
