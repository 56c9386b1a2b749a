import type { RunRequest } from '@st2/engine/runner'
import { InvalidError } from '@st2/model'
import { typeName } from '@st2/python-values'
import type { Privileges } from './shell-command.ts'

/** The runner parameters that the local runners share. */
export interface ShellParameters {
  readonly cwd: string | null
  readonly env: Readonly<Record<string, string>>
  readonly kwargOp: string
  readonly password: string | null
  readonly privileges: Privileges
  readonly timeoutSeconds: number
}

/** @throws InvalidError that names the parameter */
export function shellParameters({ runner_parameters: given, system_user: systemUser }: RunRequest): ShellParameters {
  const password = optionalText(given, 'sudo_password')
  return {
    cwd: optionalText(given, 'cwd'),
    env: environmentOf(given['env']),
    kwargOp: optionalText(given, 'kwarg_op') ?? '--',
    password,
    privileges: { sudo: given['sudo'] === true, withPassword: password !== null, systemUser },
    timeoutSeconds: timeoutOf(given['timeout']),
  }
}

/** An empty text counts as not given. */
export function optionalText(given: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = given[name] ?? null
  if (value === null || value === '') return null
  if (typeof value !== 'string') throw wrongType(name, 'a string', value)
  return value
}

/** Seconds after which a command is killed when the action says nothing. */
const DEFAULT_TIMEOUT_SECONDS = 60

function timeoutOf(value: unknown): number {
  if (value === null || value === undefined) return DEFAULT_TIMEOUT_SECONDS
  if (typeof value !== 'number' || !(value >= 0)) throw wrongType('timeout', 'a number of seconds', value)
  return value
}

function environmentOf(value: unknown): Record<string, string> {
  if (value === null || value === undefined) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw wrongType('env', 'an object', value)
  return Object.fromEntries(
    Object.entries(value).map(([name, text]: [string, unknown]) => [name, variable(name, text)]),
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
