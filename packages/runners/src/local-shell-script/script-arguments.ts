import type { RunRequest } from '@st2/engine/runner'
import { InvalidError, type ParameterSchema } from '@st2/model'
import { dumpsJson, isTruthy, str } from '@st2/python-values'

/**
 * The arguments of a script: named ones in the order of their declaration, then the positional ones.
 *
 * They are words, not text for a shell: what upstream quotes needs no quoting here.
 * @source packs-and-runners.md 1.6.3
 */
export function scriptArguments({ action, action_parameters: given }: RunRequest, kwargOp: string): string[] {
  const names = [...new Set([...Object.keys(given), ...Object.keys(action.parameters)])]
  const isPositional = (name: string): boolean => positionOf(action.parameters[name]) !== null
  const positional = names
    .filter(isPositional)
    .sort((a, b) => (positionOf(action.parameters[a]) ?? 0) - (positionOf(action.parameters[b]) ?? 0))
  return [
    ...names.filter((name) => !isPositional(name)).flatMap((name) => namedArgument(name, given[name], kwargOp)),
    ...positional.map((name) => checked(name, positionalText(given[name], action.parameters[name]?.type))),
  ]
}

function positionOf(schema: ParameterSchema | undefined): number | null {
  return schema?.position ?? null
}

function namedArgument(name: string, value: unknown, kwargOp: string): string[] {
  if (value === null || value === undefined || value === '' || value === false) return []
  if (value === true) return [`${kwargOp}${name}`]
  return [checked(name, `${kwargOp}${name}=${str(value)}`)]
}

/** A parameter without a value keeps its place: it is an empty argument. An integer 0 is empty as well. */
function positionalText(value: unknown, type: ParameterSchema['type']): string {
  const empty = value === null || value === undefined
  switch (type) {
    case 'string':
    case 'number':
      return empty ? '' : str(value)
    case 'boolean':
      return empty ? '' : booleanText(value)
    case 'array':
      return isTruthy(value) ? listText(value) : ''
    case 'object':
      return isTruthy(value) ? dumpsJson(value, { separators: [',', ':'], ensureAscii: false }) : ''
    default:
      return isTruthy(value) ? str(value) : ''
  }
}

function booleanText(value: unknown): string {
  return isTruthy(value) ? '1' : '0'
}

function listText(value: unknown): string {
  return Array.isArray(value) ? value.map((item) => str(item)).join(',') : str(value)
}

function checked(name: string, text: string): string {
  if (text.includes('\0')) throw new InvalidError(`Parameter "${name}" must not hold a NUL character`)
  return text
}
