import type { CancelDeps } from '../executions/cancel-execution.ts'
import type { Outcomes } from '../executions/outcomes.ts'
import type { OutputStore } from '../executions/output-store.ts'
import type { ChildDeps } from './children.ts'
import type { DecisionDeps } from './decisions.ts'
import type { LoadDeps } from './load-run.ts'

/** What a workflow that is conducted here needs. */
export interface LiveDeps extends LoadDeps, DecisionDeps, ChildDeps, CancelDeps {
  readonly outputs: OutputStore
  readonly outcomes: Outcomes
  /** `<instance>:<epoch>` of this process: records that it conducts name it. */
  readonly owner: string
  readonly settings: LiveSettings
  /** Nothing is left to do in the workflow of that id. */
  readonly closed: (id: string) => void
}

export interface LiveSettings {
  /** `[workflow_engine] snapshot_interval`: rows after which a snapshot is written. */
  readonly snapshotInterval: number
  /** `[workflow_engine] batch_size`: what is decided, or started, in one write. */
  readonly batchSize: number
  /** `[workflow_engine] cancel_grace_ms`: how long running actions of a cancelled workflow may take to end; −1: as long as they want. */
  readonly cancelGraceMs: number
  /** `[actionrunner] stream_output` */
  readonly streamOutput: boolean
  /** `[actionrunner] max_result_size`, bytes. */
  readonly maxResultSize: number
}
