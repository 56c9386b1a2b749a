import type { RuleView } from '@st2/model'
import { type AddressSearch, searchOf, textIn } from './address-search.ts'

/** What the list of rules is filtered by; the same in the address. */
export interface RuleFilters {
  /** Words that all occur in reference, description, trigger or action. */
  readonly q: string
  readonly pack: string
  /** Empty for both. */
  readonly enabled: 'true' | 'false' | ''
  /** Reference of the action. */
  readonly action: string
  /** Reference of the trigger type. */
  readonly trigger: string
}

export const NO_RULE_FILTERS: RuleFilters = { q: '', pack: '', enabled: '', action: '', trigger: '' }

export function ruleFiltersFromSearch(search: AddressSearch): RuleFilters {
  const text = (key: string) => textIn(search, key)
  const enabled = text('enabled')
  return {
    q: text('q'),
    pack: text('pack').trim(),
    enabled: enabled === 'true' || enabled === 'false' ? enabled : '',
    action: text('action').trim(),
    trigger: text('trigger').trim(),
  }
}

/** `?pack=core&enabled=true`, empty when nothing differs from all rules. */
export function ruleFiltersToSearch(filters: Partial<RuleFilters>): string {
  return searchOf(Object.keys(NO_RULE_FILTERS), { ...filters })
}

export function matchesRuleFilters(rule: RuleView, filters: RuleFilters): boolean {
  const { pack, enabled, action, trigger, q } = filters
  if (pack !== '' && rule.pack !== pack) return false
  if (enabled !== '' && String(rule.enabled) !== enabled) return false
  if (action !== '' && rule.action.ref !== action) return false
  if (trigger !== '' && triggerTypeOf(rule) !== trigger) return false
  const text = `${rule.ref} ${rule.description ?? ''} ${triggerTypeOf(rule)} ${rule.action.ref}`.toLowerCase()
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** A rule whose trigger is gone tells the trigger's reference alone. */
export function triggerTypeOf({ trigger }: Pick<RuleView, 'trigger'>): string {
  return typeof trigger === 'string' ? trigger : trigger.type
}

export function triggerRefOf({ trigger }: Pick<RuleView, 'trigger'>): string {
  return typeof trigger === 'string' ? trigger : trigger.ref
}
