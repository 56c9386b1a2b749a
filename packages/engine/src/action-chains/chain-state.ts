import { type CompletedStatus, MASK } from '@st2/model'

/** A task that has run, as the result of a chain tells of it. */
export interface ChainEntry {
  readonly id: string
  readonly name: string
  readonly execution_id: string | null
  readonly liveaction_id: string | null
  readonly workflow: null
  readonly created_at: string
  readonly updated_at: string
  readonly state: string
}

/** A task that is to run. */
export interface ChainStep {
  readonly task: string
  readonly action: string
  /** Rendered. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** Names of those that hold a secret. */
  readonly secret: readonly string[]
}

export interface ChainEnd {
  readonly status: CompletedStatus
  readonly error?: string | undefined
  readonly traceback?: string | undefined
  /** Nothing of the tasks is told, as when upstream's runner itself fails. */
  readonly isBare?: boolean | undefined
}

/** What a row of a chain's journal decided. */
export interface ChainDecision {
  /** Of the first row: what the chain was started with. */
  readonly begin?: {
    readonly definition: string
    readonly parameters: Readonly<Record<string, unknown>>
    readonly vars: Readonly<Record<string, unknown>>
    /** Tasks that send no notifications. */
    readonly skipsNotify: readonly string[]
    /** Whether the result tells what was published. */
    readonly showsPublished: boolean
    /** Tasks that run at most. Absent: begun when that could not be set. */
    readonly maxTasks?: number
  }
  /** Of a task that has ended. */
  readonly entry?: ChainEntry
  /** The task asked people: what it came to is read at `result` as well, as upstream has it after the chain went on. */
  readonly isInquiry?: boolean
  readonly published?: Readonly<Record<string, unknown>>
  /** Names whose values were made from a secret, from now on. */
  readonly secret?: readonly string[]
  readonly next: ChainStep | null
  readonly end: ChainEnd | null
}

/** Of a chain whose first row does not say how many. */
const MAX_TASKS = 10_000

/**
 * Where a chain is: what its rows come to, one after the other. The number of rows is the number of the task that runs: row 0
 * begins and starts task 0, row 1 ends task 0 and starts task 1.
 */
export class ChainState {
  definition = ''
  parameters: Readonly<Record<string, unknown>> = {}
  skipsNotify: readonly string[] = []
  showsPublished = true
  maxTasks = MAX_TASKS
  /** Variables: those of the definition, and what was published. */
  readonly vars: Record<string, unknown> = {}
  readonly published: Record<string, unknown> = {}
  /** Names of parameters and variables that hold a secret. */
  readonly secret = new Set<string>()
  /** By the names of tasks; of one that ran again the last. */
  readonly results: Record<string, unknown> = {}
  readonly tasks: (ChainEntry & { readonly result: unknown })[] = []
  /** Their results without what is secret in them. */
  readonly #shownResults: unknown[] = []
  next: ChainStep | null = null
  end: ChainEnd | null = null
  rows = 0

  /**
   * @param result of the task that ended
   * @param shown the result without what is secret in it
   */
  apply(decision: ChainDecision, result: unknown, shown: unknown = result): void {
    const { begin, entry, isInquiry = false, published, secret = [], next, end } = decision
    for (const name of secret) this.secret.add(name)
    if (begin !== undefined) {
      this.definition = begin.definition
      this.parameters = begin.parameters
      this.skipsNotify = begin.skipsNotify
      this.showsPublished = begin.showsPublished
      this.maxTasks = begin.maxTasks ?? MAX_TASKS
      Object.assign(this.vars, begin.vars)
    }
    if (entry !== undefined) {
      this.tasks.push({ ...entry, result })
      this.#shownResults.push(shown)
      this.results[entry.name] = isInquiry ? nestedResult(result) : result
    }
    Object.assign(this.vars, published)
    Object.assign(this.published, published)
    this.next = next
    this.end = end
    this.rows += 1
  }

  /** Number of the task that runs, or waits to be started. */
  get current(): number {
    return this.rows - 1
  }

  get result(): Record<string, unknown> {
    return this.#resultOf(this.tasks, this.published)
  }

  /** The result without what is secret in it: in results of tasks, and whatever was published of a secret. */
  get shownResult(): Record<string, unknown> {
    const tasks = this.tasks.map((task, at) => ({ ...task, result: this.#shownResults[at] }))
    const published = Object.entries(this.published).map(([name, value]) => [
      name,
      this.secret.has(name) ? MASK : value,
    ])
    return this.#resultOf(tasks, Object.fromEntries(published))
  }

  #resultOf(tasks: readonly unknown[], published: Record<string, unknown>): Record<string, unknown> {
    const { error, traceback, isBare } = this.end ?? {}
    const failure = error === undefined ? {} : { error, traceback: traceback ?? error }
    if (isBare === true) return failure
    return { tasks, ...(this.showsPublished ? { published } : {}), ...failure }
  }
}

export function nestedResult(result: unknown): unknown {
  return typeof result === 'object' && result !== null ? { ...result, result } : result
}
