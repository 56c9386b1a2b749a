import { type ExecutionOutput, executionOutputs } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Filter, Store } from '../ports/store.ts'
import type { ExecutionEvents } from './execution-events.ts'

/** Records read at once when output is streamed out. */
const PAGE = 200

export type OutputType = ExecutionOutput['output_type']

/** What running actions print: stored as it comes, then announced. */
export class OutputStore {
  readonly #store: Store
  readonly #events: ExecutionEvents
  readonly #clock: Clock
  readonly #ids: Ids

  constructor(store: Store, events: ExecutionEvents, clock: Clock, ids: Ids) {
    this.#store = store
    this.#events = events
    this.#clock = clock
    this.#ids = ids
  }

  async append(
    source: Pick<ExecutionOutput, 'execution_id' | 'action_ref' | 'runner_ref'>,
    type: OutputType,
    data: string,
  ): Promise<void> {
    const output: ExecutionOutput = {
      id: this.#ids.next(),
      ...source,
      timestamp: this.#clock.timestamp(),
      output_type: type,
      data,
    }
    await this.#store.insert(executionOutputs, output)
    this.#events.announceOutput(output)
  }

  /** What was printed so far after the record of that id, oldest first. `type` null: every type. */
  async *read(executionId: string, type: string | null, afterId = ''): AsyncIterable<ExecutionOutput> {
    let after = afterId
    for (;;) {
      const page = await this.#store.find(executionOutputs, {
        filter: [
          { field: 'execution', op: 'eq', value: executionId },
          { field: 'id', op: 'gt', value: after },
          ...(type === null ? [] : ([{ field: 'output_type', op: 'eq', value: type }] satisfies Filter)),
        ],
        order: [{ field: 'id', direction: 'asc' }],
        limit: PAGE,
      })
      yield* page
      if (page.length < PAGE) return
      after = page.at(-1)?.id ?? after
    }
  }
}
