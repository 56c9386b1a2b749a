import type { RunRequest } from '@st2/engine/runner'
import { InvalidError } from '@st2/model'
import { typeName } from '@st2/python-values'

export interface PythonParameters {
  readonly contentVersion: string | null
  /** Whether a checkout of `content_version` stays. */
  readonly keepsCheckout: boolean
  readonly env: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  /** null: the configured one. */
  readonly logLevel: string | null
}

/** @throws InvalidError that names the parameter */
export function pythonParameters({ runner_parameters: given }: RunRequest): PythonParameters {
  const logLevel = optionalText(given, 'log_level') ?? CONFIGURED_LEVEL
  return {
    contentVersion: optionalText(given, 'content_version'),
    keepsCheckout: given['debug'] === true,
    env: environmentOf(given['env']),
    timeoutSeconds: timeoutOf(given['timeout']),
    logLevel: logLevel === CONFIGURED_LEVEL ? null : logLevel,
  }
}

/** Stands for the level of the configuration. */
const CONFIGURED_LEVEL = 'DEBUG'

/** Seconds after which an action is killed when it says nothing. */
const DEFAULT_TIMEOUT_SECONDS = 600

function optionalText(given: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = given[name] ?? null
  if (value === null || value === '') return null
  if (typeof value !== 'string') throw wrongType(name, 'a string', value)
  return value
}

function timeoutOf(value: unknown): number {
  if (value === null || value === undefined) return DEFAULT_TIMEOUT_SECONDS
  if (typeof value !== 'number' || !(value >= 0)) throw wrongType('timeout', 'a number of seconds', value)
  return value
}

/** Without PYTHONPATH, which is not the action's to set. */
function environmentOf(value: unknown): Record<string, string> {
  if (value === null || value === undefined) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw wrongType('env', 'an object', value)
  const entries: [string, unknown][] = Object.entries(value)
  return Object.fromEntries(
    entries.filter(([name]) => name.toUpperCase() !== 'PYTHONPATH').map(([name, text]) => [name, variable(name, text)]),
  )
}

function variable(name: string, value: unknown): string {
  if (name === '' || /[=\0]/.test(name)) throw new InvalidError(`Parameter "env": "${name}" is no variable name`)
  if (typeof value !== 'string') throw wrongType(`env.${name}`, 'a string', value)
  if (value.includes('\0')) throw new InvalidError(`Parameter "env.${name}" must not hold a NUL character`)
  return value
}

function wrongType(name: string, wanted: string, value: unknown): InvalidError {
  return new InvalidError(`Parameter "${name}" must be ${wanted}, got ${typeName(value)}`)
}
