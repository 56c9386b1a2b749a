import type { JsonSchema } from './from-schema.ts'

/** One parameter of an action or a runner: a schema plus what only StackStorm knows. @source packs-and-runners.md 1.3 */
export type ParameterSchema = JsonSchema & {
  /** Callers may not override the default. */
  readonly immutable?: boolean
  /** Place on the command line of script runners; unique and contiguous within an action. */
  readonly position?: number
}

export type ParameterSchemas = Readonly<Record<string, ParameterSchema>>

/** What shows instead of a secret value. */
export const MASK = '********'
