import { createHash } from 'node:crypto'
import { type RuleType, ruleTypes } from '@st2/model'
import type { Store } from '../ports/store.ts'

/** Both kinds there are; the ids are made from the names, so registering them again changes nothing. */
const KINDS: readonly RuleType[] = [
  { name: 'standard', description: 'Matches when its criteria hold.' },
  { name: 'backstop', description: 'Matches when its criteria hold and no standard rule matched the event.' },
].map((kind) => ({ ...kind, id: idOf(kind.name), enabled: true, parameters: {} }))

export class RuleTypeStore {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async register(): Promise<void> {
    await this.#store.put(ruleTypes, ...KINDS)
  }

  /** Standard first. */
  async list(): Promise<RuleType[]> {
    const stored = await this.#store.find(ruleTypes, { limit: 100 })
    const place = (type: RuleType) => KINDS.findIndex(({ name }) => name === type.name)
    return stored.sort((a, b) => place(a) - place(b))
  }

  findById(id: string): Promise<RuleType | null> {
    return this.#store.get(ruleTypes, id)
  }
}

function idOf(name: string): string {
  return createHash('sha256').update(`rule_type:${name}`).digest('hex').slice(0, 24)
}
