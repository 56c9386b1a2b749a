import type { Session } from '../session/session.ts'
import type { Input } from './input.ts'
import type { Io } from './io.ts'

/** How many words follow: an option alone, exactly one, at least one, any number. */
export type Takes = 'nothing' | 'one' | 'some' | 'any'

export interface OptionSpec {
  /** Key of the value. */
  readonly name: string
  /** As typed; several long spellings are allowed, and short ones of several letters (`-tg`). */
  readonly flags: readonly string[]
  readonly takes: Takes
  readonly type?: 'integer'
  readonly metavar?: string
  readonly required?: boolean
  /** At most one option of a group may be given. */
  readonly exclusive?: string
  readonly help: string
}

export interface ArgumentSpec {
  readonly name: string
  readonly metavar?: string
  readonly takes: 'one' | 'optional' | 'some' | 'any'
  readonly help: string
}

export interface CommandSpec {
  readonly name: string
  readonly summary: string
  readonly arguments: readonly ArgumentSpec[]
  readonly options: readonly OptionSpec[]
  /** The command answers `-h` itself. */
  readonly ownHelp?: boolean
  /** No automatic login with the credentials of the config file. */
  readonly withoutLogin?: boolean
  /** Brings the code in only when the command runs. */
  readonly load: () => Promise<Handler>
}

export interface GroupSpec {
  readonly name: string
  readonly summary: string
  /** Brings the commands in only when the group is named. */
  readonly load: () => Promise<readonly CommandSpec[]>
}

/** A word after `st2`: a command by itself or a group of commands. */
export type TopLevel =
  | { readonly kind: 'command'; readonly spec: CommandSpec }
  | { readonly kind: 'group'; readonly spec: GroupSpec }

export interface CommandContext {
  readonly io: Io
  readonly input: Input
  readonly session: Session
  /** Help of the command itself, for those that answer `-h`. */
  readonly help: () => string
  readonly usageError: (message: string) => Error
}

export type Handler = (context: CommandContext) => Promise<void>
