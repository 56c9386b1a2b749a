import { userInfo } from 'node:os'

/** A program with its arguments. User data is never joined into the text of a shell, the command itself excepted. */
export interface CommandLine {
  readonly command: string
  readonly args: readonly string[]
}

export interface Privileges {
  readonly sudo: boolean
  /** Whether a password is piped to sudo. */
  readonly withPassword: boolean
  /** User of `[system_user] user` when it is set. */
  readonly systemUser: string | null
}

/**
 * A command for `sh -c`, as root or as the system user when asked: then `bash -c` reads it.
 *
 * @param words become `$0`, `$1`, … of the command
 * @source packs-and-runners.md 4.1
 */
export function shellCommand(command: string, words: readonly string[], privileges: Privileges): CommandLine {
  const prefix = sudoArguments(privileges)
  if (prefix === null) return { command: '/bin/sh', args: ['-c', command, ...words] }
  return { command: 'sudo', args: [...prefix, '--', 'bash', '-c', command, ...words] }
}

export function usesSudo(privileges: Privileges): boolean {
  return sudoArguments(privileges) !== null
}

function sudoArguments({ sudo, withPassword, systemUser }: Privileges): string[] | null {
  const readPassword = withPassword ? ['-S'] : []
  if (sudo) return [...readPassword, '-E']
  if (systemUser === null || systemUser === userInfo().username) return null
  return [...readPassword, '-E', '-H', '-u', systemUser]
}
