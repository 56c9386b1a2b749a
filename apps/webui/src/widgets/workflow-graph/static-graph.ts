/** What a workflow may do, before it runs: its tasks, and what can follow what. */
export interface StaticGraph {
  readonly nodes: readonly StaticNode[]
  readonly edges: readonly StaticEdge[]
}

export type StaticNode = StaticTask | StaticCommand

export interface StaticTask {
  readonly kind: 'task'
  /** The name of the task. */
  readonly id: string
  /** Reference of the action, or an expression; null: the task does nothing itself. */
  readonly action: string | null
  /** `all`, or how many of those that lead here. */
  readonly join: string | null
  /** Runs its action once for each item of this; null: once. */
  readonly items: string | null
  /** Attempts after the first, as written; null: none. */
  readonly retries: string | null
  /** Seconds or an expression, as written. */
  readonly delay: string | null
  /** More than one way leads here, and each arrival is a run of its own. */
  readonly isSplit: boolean
}

/** What the engine is told to do after a task: each task has its own, so that no line crosses the whole picture. */
export interface StaticCommand {
  readonly kind: 'command'
  readonly id: string
  readonly command: 'continue' | 'fail' | 'noop' | 'retry'
}

export interface StaticEdge {
  readonly id: string
  readonly source: string
  readonly target: string
  /** What the run calls it in the state of the source; null: runs do not tell whether it was taken. */
  readonly transition: string | null
  readonly condition: Condition
}

/** When it is taken. `expression` tells what was written. */
export type Condition =
  | { readonly kind: 'always' | 'succeeded' | 'failed' | 'completed' }
  | { readonly kind: 'expression'; readonly text: string }
