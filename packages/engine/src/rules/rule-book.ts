import type { Environment } from '@st2/expressions'
import type { Rule } from '@st2/model'
import type { Subscription } from '../ports/bus.ts'
import type { Log } from '../ports/log.ts'
import type { DocumentEvent } from '../triggers/document-events.ts'
import { type CompiledRule, compileRule } from './compiled-rule.ts'
import { RuleIndex } from './rule-index.ts'
import type { RuleStore } from './rule-store.ts'

interface TriggerRules {
  readonly standard: RuleIndex
  readonly backstop: RuleIndex
}

type Payload = Readonly<Record<string, unknown>>

/**
 * Enabled rules in memory, compiled once per revision and indexed by trigger. It holds what the store holds: a write is
 * heard before its promise resolves, and who hears of an older revision than it knows changes nothing.
 */
export class RuleBook {
  readonly #store: RuleStore
  readonly #environment: Environment
  readonly #log: Log
  readonly #rules = new Map<string, CompiledRule>()
  readonly #byTrigger = new Map<string, TriggerRules>()
  /** Newest revision heard of, while the rules are read: what was heard meanwhile is newer than what is read. */
  #heard: Map<string, number> | null = new Map()
  #subscription: Subscription | null = null
  /** What the rules in memory were read at. */
  #version: string | null = null

  private constructor(store: RuleStore, environment: Environment, log: Log) {
    this.#store = store
    this.#environment = environment
    this.#log = log
  }

  static async open(store: RuleStore, environment: Environment, log: Log): Promise<RuleBook> {
    const book = new RuleBook(store, environment, log)
    // Events that may have been lost are found again by the version.
    book.#subscription = await store.onChange((event) => book.#hear(event))
    await book.#read(await store.version())
    return book
  }

  /** Takes in what others wrote before now, whether they were heard of or not. */
  async refresh(): Promise<void> {
    const version = await this.#store.version()
    if (version !== this.#version) await this.#read(version)
  }

  get size(): number {
    return this.#rules.size
  }

  /** False only when no enabled rule listens to the trigger. */
  listens(trigger: string): boolean {
    return this.#byTrigger.has(trigger)
  }

  /** Standard rules that may match the event, oldest first. */
  standard(trigger: string, payload: Payload): CompiledRule[] {
    return this.#byTrigger.get(trigger)?.standard.candidates(payload) ?? []
  }

  /** Backstop rules that may match it, should no standard rule have. */
  backstop(trigger: string, payload: Payload): CompiledRule[] {
    return this.#byTrigger.get(trigger)?.backstop.candidates(payload) ?? []
  }

  async close(): Promise<void> {
    await this.#subscription?.stop()
  }

  /** @param version from before the rules are read */
  async #read(version: string | null): Promise<void> {
    const heard = new Map<string, number>()
    this.#heard = heard
    try {
      const enabled = await this.#store.listEnabled()
      const present = new Set(enabled.map(({ id }) => id))
      for (const rule of enabled) if (!heard.has(rule.id)) this.#replace(rule)
      for (const compiled of this.#rules.values()) {
        const { id } = compiled.rule
        if (!present.has(id) && !heard.has(id)) this.#take(compiled)
      }
      this.#version = version
    } finally {
      this.#heard = null
    }
  }

  #replace(rule: Rule): void {
    const known = this.#rules.get(rule.id)
    if (known !== undefined && known.rule.rev >= rule.rev) return
    if (known !== undefined) this.#take(known)
    this.#put(rule)
  }

  #hear({ kind, document: rule }: DocumentEvent<Rule>): void {
    this.#heard?.set(rule.id, rule.rev)
    const known = this.#rules.get(rule.id)
    if (kind !== 'delete' && known !== undefined && known.rule.rev > rule.rev) return
    if (known !== undefined) this.#take(known)
    if (kind !== 'delete' && rule.enabled) this.#put(rule)
  }

  #put(rule: Rule): void {
    try {
      const compiled = compileRule(rule, this.#environment)
      const entry = this.#byTrigger.get(rule.trigger) ?? { standard: new RuleIndex(), backstop: new RuleIndex() }
      this.#byTrigger.set(rule.trigger, entry)
      passOf(entry, rule).add(compiled)
      this.#rules.set(rule.id, compiled)
    } catch (err) {
      // What the store holds was written by something else; the other rules do not suffer from it.
      this.#log.error({ err, rule: rule.ref, id: rule.id }, 'a rule is left out: it cannot be compiled')
    }
  }

  #take(compiled: CompiledRule): void {
    const { rule } = compiled
    this.#rules.delete(rule.id)
    const entry = this.#byTrigger.get(rule.trigger)
    if (entry === undefined) return
    passOf(entry, rule).remove(compiled)
    if (entry.standard.isEmpty && entry.backstop.isEmpty) this.#byTrigger.delete(rule.trigger)
  }
}

/** NOTE: whatever is no backstop rule counts as standard, as upstream has it. */
function passOf(rules: TriggerRules, rule: Rule): RuleIndex {
  return rule.type.ref === 'backstop' ? rules.backstop : rules.standard
}
