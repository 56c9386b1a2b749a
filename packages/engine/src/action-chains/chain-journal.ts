import type { ExecutionDocument, WorkflowEvent } from '@st2/model'
import type { Sealer } from '../datastore/encryption-key.ts'
import { chainJournalId, purgeChainJournals } from '../executions/purge-chain-journals.ts'
import type { ResultStore, StoredResult } from '../executions/result-store.ts'
import { derivedId } from '../ports/derived-id.ts'
import type { Store } from '../ports/store.ts'
import { WorkflowStore } from '../workflows/workflow-store.ts'
import { type ChainDecision, ChainState } from './chain-state.ts'

type Chain = Pick<ExecutionDocument, 'id' | 'start_timestamp'>

/**
 * Journals of chains that are not over, in the collection of those of workflows. That a row is stored decides it: of two processes that
 * decide the same number one finds it taken. What was decided is enciphered: rendered parameters may hold secrets.
 */
export class ChainJournal {
  readonly #store: Store
  readonly #workflows: WorkflowStore
  readonly #sealer: Sealer
  readonly #results: ResultStore

  constructor(store: Store, sealer: Sealer, results: ResultStore) {
    this.#store = store
    this.#workflows = new WorkflowStore(store)
    this.#sealer = sealer
    this.#results = results
  }

  /** @returns false when the number is taken */
  append(chain: Chain, seq: number, decision: ChainDecision, ended: StoredResult | null, at: number): Promise<boolean> {
    const row: WorkflowEvent = {
      id: derivedId(Date.parse(chain.start_timestamp), 'chain-event', chain.id, seq),
      workflow: chainJournalId(chain),
      seq,
      at: at * 1000,
      seed: 0,
      event:
        decision.entry === undefined
          ? { type: 'begin' }
          : { type: 'action', id: String(seq - 1), status: decision.entry.state },
      ...ended,
      sealed_answers: this.#sealer.seal(decision),
      effects: [
        ...(decision.next === null ? [] : [{ type: 'start', id: String(seq), action: decision.next.action } as const]),
        ...(decision.end === null ? [] : [{ type: 'status', status: decision.end.status } as const]),
      ],
    }
    return this.#workflows.append([row])
  }

  async read(chain: Chain): Promise<ChainState> {
    const state = new ChainState()
    for await (const row of this.#workflows.events(chainJournalId(chain), 0)) {
      // Written by `append`.
      const decision = this.#sealer.open(row.sealed_answers ?? '') as ChainDecision
      const hasResult = row.result_size !== undefined
      const shown = hasResult ? await this.#results.load(row) : null
      state.apply(decision, hasResult ? await this.#results.reveal(row) : null, shown)
    }
    return state
  }

  keepDefinition(text: string): Promise<string> {
    return this.#workflows.keepDefinition(text)
  }

  definition(id: string): Promise<string> {
    return this.#workflows.definition(id)
  }

  /** Of a chain that is over: its result tells the rest. */
  remove(chain: Pick<ExecutionDocument, 'id' | 'start_timestamp' | 'runner_name'>): Promise<void> {
    return purgeChainJournals(this.#store, [chain])
  }
}
