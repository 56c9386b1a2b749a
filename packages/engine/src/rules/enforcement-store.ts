import { ConflictError, type RuleEnforcement, ruleEnforcements } from '@st2/model'
import type { Filter, Query, Store } from '../ports/store.ts'

/** What rules did about events. Lists are the caller's filters over the header fields, newest first by default. */
export class EnforcementStore {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  get(id: string): Promise<RuleEnforcement | null> {
    return this.#store.get(ruleEnforcements, id)
  }

  find(query: Query): Promise<RuleEnforcement[]> {
    const order = query.order ?? [
      { field: 'enforced_at', direction: 'desc' },
      { field: 'rule_ref', direction: 'asc' },
    ]
    return this.#store.find(ruleEnforcements, { ...query, order })
  }

  count(filter: Filter): Promise<number> {
    return this.#store.count(ruleEnforcements, filter)
  }

  /** Keeps one; the same one a second time meets the first and is done. */
  async keep(enforcement: RuleEnforcement): Promise<void> {
    try {
      await this.#store.insert(ruleEnforcements, enforcement)
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
    }
  }
}
