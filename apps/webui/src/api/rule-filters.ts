import type { RuleView } from '@st2/model'

/** What the list of rules is filtered by; the same in the address. */
export interface RuleFilters {
  /** Words that all occur in reference, description, trigger or action. */
  readonly q: string
  readonly pack: string
  /** `true`, `false`, or empty for both. */
  readonly enabled: string
  /** Reference of the action. */
  readonly action: string
  /** Reference of the trigger type. */
  readonly trigger: string
}

export const NO_RULE_FILTERS: RuleFilters = { q: '', pack: '', enabled: '', action: '', trigger: '' }
const NAMES = Object.keys(NO_RULE_FILTERS) as (keyof RuleFilters)[]

export function ruleFiltersFromSearch(search: Readonly<Record<string, unknown>>): RuleFilters {
  const text = (key: string) => {
    const value = search[key]
    return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' ? String(value) : ''
  }
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
  const pairs = NAMES.flatMap((name) => {
    const text = filters[name] ?? ''
    return text === '' ? [] : [`${name}=${encodeURIComponent(text)}`]
  })
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
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
