import type { ExecutionDocument } from '@st2/model'
import type { OutputStore } from '../executions/output-store.ts'
import type { Log } from '../ports/log.ts'

export interface ProgressDeps {
  readonly outputs: OutputStore
  readonly log: Log
  readonly settings: { readonly streamOutput: boolean }
}

/**
 * What is to be read of a workflow's progress, as output of its execution. It goes with the next rows: a write of its own would make
 * them wait for it. Being stopped loses what was not stored; what happened stands in the journal.
 */
export class ProgressOutput {
  readonly #deps: ProgressDeps
  #text = ''

  constructor(deps: ProgressDeps) {
    this.#deps = deps
  }

  add(text: string): void {
    if (this.#deps.settings.streamOutput) this.#text += text
  }

  store({ id, action_ref, runner_name }: ExecutionDocument): void {
    const text = this.#text
    if (text === '') return
    this.#text = ''
    this.#deps.outputs
      .append({ execution_id: id, action_ref, runner_ref: runner_name }, 'stdout', text)
      .catch((err: unknown) =>
        this.#deps.log.error({ err, execution_id: id }, 'progress of a workflow could not be stored'),
      )
  }
}
