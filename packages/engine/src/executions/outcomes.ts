import type { ExecutionDocument, ExecutionStatus } from '@st2/model'
import { judgeOutput } from './judge-output.ts'
import { maskResult } from './mask-result.ts'
import type { ResultStore, StoredResult } from './result-store.ts'
import type { SnapshotStore } from './snapshot-store.ts'

/** What an execution came to. */
export interface Outcome {
  readonly status: ExecutionStatus
  readonly result: unknown
  /** The result without what is secret in it for other reasons than its schema. @default the result */
  readonly shown?: unknown
}

export interface StoredOutcome {
  readonly status: ExecutionStatus
  readonly kept: StoredResult
}

/** Bytes of the enciphered parts of a result: they stand in its document. */
const MAX_SEALED = 4 * 1024 * 1024

/** What executions come to, stored: held against the output schemas of runner and action where that is asked for, their secrets enciphered. */
export class Outcomes {
  readonly #snapshots: SnapshotStore
  readonly #results: ResultStore
  /** `[system] validate_output_schema` */
  readonly #validates: boolean

  constructor(snapshots: SnapshotStore, results: ResultStore, validates: boolean) {
    this.#snapshots = snapshots
    this.#results = results
    this.#validates = validates
  }

  async keep(document: Described, outcome: Outcome): Promise<StoredOutcome> {
    const [action, runner] = await Promise.all([
      this.#snapshots.action(document.action_snapshot),
      this.#snapshots.runner(document.runner_snapshot),
    ])
    const { status, result, shown = result } = outcome
    const refusal = this.#validates && status === 'succeeded' ? judgeOutput(result, action, runner) : null
    if (refusal !== null) return this.#failed(refusal)
    const kept = await this.#results.keep(result, maskResult(shown, action, runner))
    const size = kept.sealed_result?.length ?? 0
    if (size <= MAX_SEALED) return { status, kept }
    return this.#failed({
      error: `The secret parts of the result have ${size} bytes when enciphered, more than ${MAX_SEALED}.`,
    })
  }

  async #failed(result: Record<string, unknown>): Promise<StoredOutcome> {
    return { status: 'failed', kept: await this.#results.keep(result) }
  }
}

type Described = Pick<ExecutionDocument, 'action_snapshot' | 'runner_snapshot'>
