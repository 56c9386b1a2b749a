import { type Rule, rules } from '@st2/model'
import { isObjectId } from '../content/content-filter.ts'
import {
  BY_PACK_AND_NAME,
  conditionsOf,
  findByRef,
  findPage,
  type Listing,
  type NameFilter,
  type Page,
  type Wanted,
} from '../content/listing.ts'
import type { SharedVersion } from '../content/shared-version.ts'
import type { Bus, Subscription } from '../ports/bus.ts'
import type { Filter, Order, Store } from '../ports/store.ts'
import { DocumentEvents, type DocumentEvent } from '../triggers/document-events.ts'
import type { RuleSeal } from './seal-rule.ts'

/** Rules listed without a limit, or looked through for those that are enabled. */
const MAX_LISTED_RULES = 100_000
/** Rules read in one go where all of them are. */
const RULES_PER_READ = 1000

/** `action`: its ref. `trigger`: the ref of the trigger, not of its type. */
export type RuleFilter = NameFilter & Readonly<{ action?: Wanted; trigger?: Wanted; enabled?: boolean | undefined }>

/** Rules in the store, secret parameters of their actions sealed. Every write is announced after it is durable. */
export class RuleStore {
  readonly #store: Store
  readonly #events: DocumentEvents<Rule>
  readonly #version: SharedVersion | null
  readonly #seal: RuleSeal

  /** @param version null where this process has the store to itself: then its own events tell all there is */
  constructor(store: Store, bus: Bus, version: SharedVersion | null, seal: RuleSeal) {
    this.#store = store
    this.#version = version
    this.#seal = seal
    this.#events = new DocumentEvents(bus, 'st2.rule')
  }

  /** Hears every write of this process, before the write's promise resolves, and those of others. */
  onChange(handle: (event: DocumentEvent<Rule>) => void): Promise<Subscription> {
    return this.#events.listen(({ kind, document }) => handle({ kind, document: this.#seal.open(document) }))
  }

  /** Equal to an earlier answer: no rule was written in between. Null: events tell. */
  async version(): Promise<string | null> {
    return (await this.#version?.current()) ?? null
  }

  async findByRef(ref: string): Promise<Rule | null> {
    const rule = await findByRef(this.#store, rules, ref)
    return rule === null ? null : this.#seal.open(rule)
  }

  async findById(id: string): Promise<Rule | null> {
    const rule = await this.#store.get(rules, id)
    return rule === null ? null : this.#seal.open(rule)
  }

  async findByRefOrId(refOrId: string): Promise<Rule | null> {
    const byId = isObjectId(refOrId) ? await this.findById(refOrId) : null
    return byId ?? this.findByRef(refOrId)
  }

  async list(query: Listing<RuleFilter> = {}): Promise<Page<Rule>> {
    const { filter = {}, order = BY_PACK_AND_NAME, limit = MAX_LISTED_RULES, offset = 0 } = query
    const { enabled, ...indexed } = filter
    const conditions = conditionsOf(indexed)
    if (enabled !== undefined) return this.#listByState(conditions, enabled, { order, limit, offset })
    const { rows, total } = await findPage(this.#store, rules, { filter: conditions, order, limit, offset })
    return { rows: rows.map((rule) => this.#seal.open(rule)), total }
  }

  /** Every rule that takes part in matching. */
  async listEnabled(): Promise<Rule[]> {
    const enabled: Rule[] = []
    for await (const rule of this.#all()) if (rule.enabled) enabled.push(rule)
    return enabled
  }

  /** How many rules listen to each trigger, by its ref. */
  async countReferences(): Promise<Map<string, number>> {
    const counts = new Map<string, number>()
    for await (const { trigger } of this.#all()) counts.set(trigger, (counts.get(trigger) ?? 0) + 1)
    return counts
  }

  /** @throws ConflictError when the ref is taken */
  async create(rule: Rule): Promise<void> {
    const sealed = await this.#seal.seal(rule)
    await this.#store.insert(rules, sealed)
    await this.#version?.change()
    this.#events.announce('create', sealed)
  }

  /** Compare-and-set on `rev`; null when another writer was faster. @throws ConflictError when the ref is taken */
  async replace(rule: Rule): Promise<Rule | null> {
    const stored = await this.#store.replace(rules, await this.#seal.seal(rule))
    if (stored === null) return null
    await this.#version?.change()
    this.#events.announce('update', stored)
    return this.#seal.open(stored)
  }

  /** Whether it was there: of several who remove it, one is told so. */
  async remove(rule: Rule): Promise<boolean> {
    const removed = await this.#store.remove(rules, [{ field: 'id', op: 'eq', value: rule.id }], 1)
    if (removed === 0) return false
    await this.#version?.change()
    this.#events.announce('delete', await this.#seal.seal(rule))
    return true
  }

  async *#all(): AsyncGenerator<Rule> {
    for (let last = ''; ; ) {
      const filter: Filter = [{ field: 'id', op: 'gt', value: last }]
      const page = await this.#store.find(rules, { filter, limit: RULES_PER_READ })
      yield* page.map((rule) => this.#seal.open(rule))
      const end = page.at(-1)
      if (end === undefined || page.length < RULES_PER_READ) return
      last = end.id
    }
  }

  async #listByState(
    filter: Filter,
    enabled: boolean,
    page: { order: readonly Order[]; limit: number; offset: number },
  ): Promise<Page<Rule>> {
    const all = await this.#store.find(rules, { filter, order: page.order, limit: MAX_LISTED_RULES })
    const fitting = all.filter((rule) => rule.enabled === enabled)
    const rows = fitting.slice(page.offset, page.offset + page.limit).map((rule) => this.#seal.open(rule))
    return { rows, total: fitting.length }
  }
}
