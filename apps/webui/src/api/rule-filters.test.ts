import type { RuleView } from '@st2/model'
import { describe, expect, it } from 'vitest'
import {
  matchesRuleFilters,
  NO_RULE_FILTERS,
  type RuleFilters,
  ruleFiltersFromSearch,
  ruleFiltersToSearch,
} from './rule-filters.ts'

const rule: RuleView = {
  id: '6b0738ca4b3c9bb3ab8ff680',
  uid: 'rule:examples:count_pushes',
  ref: 'examples.count_pushes',
  name: 'count_pushes',
  pack: 'examples',
  description: 'Counts who pushes',
  type: { ref: 'standard', parameters: {} },
  trigger: { type: 'core.st2.webhook', ref: 'core.1b2c', parameters: { url: 'github' } },
  criteria: {},
  action: { ref: 'examples.count_visits', parameters: {} },
  enabled: true,
  context: {},
  tags: [],
  metadata_file: '',
}

describe('filters of rules', () => {
  it('survive the address, and say nothing there when nothing is filtered', () => {
    const filters: RuleFilters = {
      q: 'push & pull',
      pack: 'examples',
      enabled: 'false',
      action: 'core.local',
      trigger: 'core.st2.webhook',
    }
    const search = Object.fromEntries(new URLSearchParams(ruleFiltersToSearch(filters)))
    expect(ruleFiltersFromSearch(search)).toEqual(filters)
    expect(ruleFiltersToSearch(NO_RULE_FILTERS)).toBe('')
    expect(ruleFiltersFromSearch({ enabled: 'perhaps', q: ['x'] })).toEqual(NO_RULE_FILTERS)
  })

  it.each<[Partial<RuleFilters>, boolean]>([
    [{}, true],
    [{ pack: 'examples' }, true],
    [{ pack: 'core' }, false],
    [{ enabled: 'true' }, true],
    [{ enabled: 'false' }, false],
    [{ action: 'examples.count_visits' }, true],
    [{ action: 'core.local' }, false],
    [{ trigger: 'core.st2.webhook' }, true],
    [{ trigger: 'core.st2.CronTimer' }, false],
    [{ q: 'WEBHOOK counts' }, true],
    [{ q: 'webhook cron' }, false],
  ])('keep a rule or not: %j', (filters, isKept) => {
    expect(matchesRuleFilters(rule, { ...NO_RULE_FILTERS, ...filters })).toBe(isKept)
  })
})
