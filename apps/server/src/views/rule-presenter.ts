import { type Engine, viewRule } from '@st2/engine'
import type { Rule, RuleView, Trigger } from '@st2/model'
import { inBatches } from './in-batches.ts'
import { SecretParameters } from './secret-parameters.ts'

export interface RulePresentOptions {
  readonly showSecrets: boolean
}

/** Joins stored rules with their triggers, and with what triggers and actions are for. */
export class RulePresenter {
  readonly #engine: Engine
  readonly #secrets: SecretParameters

  constructor(engine: Engine) {
    this.#engine = engine
    this.#secrets = new SecretParameters(engine)
  }

  async one(rule: Rule, options: RulePresentOptions): Promise<RuleView> {
    return this.#shown(rule, await this.#engine.triggers.findByRef(rule.trigger), options)
  }

  async many(rules: readonly Rule[], options: RulePresentOptions): Promise<readonly RuleView[]> {
    const triggers = await this.#triggersOf(rules)
    return Promise.all(rules.map((rule) => this.#shown(rule, triggers.get(rule.trigger) ?? null, options)))
  }

  /** With descriptions of action and trigger. @source rest-api.md 9.6 */
  async described(rules: readonly Rule[]): Promise<readonly RuleView[]> {
    const triggers = await this.#triggersOf(rules)
    return Promise.all(rules.map((rule) => this.#described(rule, triggers.get(rule.trigger) ?? null)))
  }

  async #described(rule: Rule, trigger: Trigger | null): Promise<RuleView> {
    const shown = await this.#shown(rule, trigger, { showSecrets: false })
    const action = await this.#engine.actions.findByRef(rule.action.ref)
    return {
      ...shown,
      action: { ...shown.action, description: action?.description ?? '' },
      // NOTE: upstream answers 400 when the trigger is gone.
      ...(typeof shown.trigger === 'string'
        ? {}
        : { trigger: { ...shown.trigger, description: await this.#purposeOf(trigger) } }),
    }
  }

  async #purposeOf(trigger: Trigger | null): Promise<string> {
    if (trigger === null) return ''
    return trigger.description ?? (await this.#engine.triggerTypes.findByRef(trigger.type))?.description ?? ''
  }

  async #shown(rule: Rule, trigger: Trigger | null, { showSecrets }: RulePresentOptions): Promise<RuleView> {
    const view = viewRule(rule, trigger)
    const { ref, parameters } = rule.action
    return {
      ...view,
      action: { ref, parameters: showSecrets ? parameters : await this.#secrets.mask(ref, parameters) },
    }
  }

  async #triggersOf(rules: readonly Rule[]): Promise<ReadonlyMap<string, Trigger>> {
    const refs = rules.map(({ trigger }) => trigger)
    const found = await inBatches(refs, (value) =>
      this.#engine.triggers.list({ filter: [{ field: 'ref', op: 'in', value }] }),
    )
    return new Map(found.map((trigger) => [trigger.ref, trigger]))
  }
}
