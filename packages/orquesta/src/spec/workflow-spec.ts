import type { Dict } from '@st2/python-values'
import type { SpecPlaces } from './places.ts'

/** An entry of `vars`, `output` or `publish`. */
export interface Assignment {
  name: string
  value: unknown
}

/** An entry of `input`. */
export interface InputSpec {
  name: string
  /** Used when the input is not given; null where none was written. */
  default: unknown
}

/** `with`: the task runs its action once for each item. */
export interface ItemsSpec {
  /** `x in <% … %>` or an expression alone; null where the definition has none, which fails when the task is to run. */
  items: string | null
  /** Items at the same time: a number or an expression; null: all. */
  concurrency: unknown
}

export interface RetrySpec {
  /** null: retry what ended badly. */
  when: string | null
  count: unknown
  delay: unknown
}

/** An entry of `next`. */
export interface TransitionSpec {
  /** Its place in `next`. */
  index: number
  /** null: always. */
  when: unknown
  publish: readonly Assignment[]
  /** Names of the tasks and commands that follow. */
  do: readonly string[]
  /** As it was written. */
  raw: Dict
}

/** A task as it runs: inline parameters are its input. What has a wrong type is kept as it is; the syntax check finds it. */
export interface TaskSpec {
  name: string
  action: unknown
  input: unknown
  /** Seconds or an expression. */
  delay: unknown
  /** `all` or how many; null for a task that joins nothing. */
  join: unknown
  with: ItemsSpec | null
  retry: RetrySpec | null
  next: readonly TransitionSpec[]
  /** As it was written, the shorthand of `with` written out. */
  raw: Dict
}

/** A workflow's definition. */
export interface WorkflowSpec {
  input: readonly InputSpec[]
  vars: readonly Assignment[]
  output: readonly Assignment[]
  /** In the order of the definition. */
  tasks: ReadonlyMap<string, TaskSpec>
  places: SpecPlaces
  /** As it was written, the shorthand of `with` written out: what the syntax check reads and the serialised form holds. */
  raw: Dict
}

/** Commands to the engine: what follows a task instead of another task. @source orquesta: orquesta/events.py ENGINE_EVENT_MAP */
export const ENGINE_COMMANDS = ['continue', 'fail', 'noop', 'retry'] as const

export type EngineCommand = (typeof ENGINE_COMMANDS)[number]

export function isEngineCommand(name: string): name is EngineCommand {
  return ENGINE_COMMANDS.some((command) => command === name)
}
