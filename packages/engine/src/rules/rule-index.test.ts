import { platformEnvironment } from '@st2/expressions'
import type { Criterion, Rule } from '@st2/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CompiledRule, compileRule } from './compiled-rule.ts'
import { RuleIndex } from './rule-index.ts'

function ruleOf(id: string, criteria: Record<string, Criterion>): CompiledRule {
  const rule: Rule = {
    id,
    rev: 0,
    uid: `rule:p:${id}`,
    ref: `p.${id}`,
    name: id,
    pack: 'p',
    type: { ref: 'standard', parameters: {} },
    trigger: 'p.t',
    criteria,
    action: { ref: 'core.noop', parameters: {} },
    enabled: true,
    context: {},
    tags: [],
    metadata_file: '',
  }
  return compileRule(rule, platformEnvironment)
}

const value = fc.constantFrom<unknown>(0, 1, 1.5, true, false, '1', 'a', '', null, [1], { a: 1 }, -0, Number.NaN)
const key = fc.constantFrom('trigger.a', 'trigger.b', 'trigger.c.a', 'trigger.a#2', 'trigger.list[0]', 'trigger')
const criterion = fc.record({
  type: fc.constantFrom('eq', 'equals', 'neq', 'lt', 'startswith', 'in', 'exists', 'contains'),
  pattern: value,
})
const criteria = fc.dictionary(key, criterion, { maxKeys: 4 })
const payload = fc.record(
  { a: value, b: value, c: fc.record({ a: value }, { requiredKeys: [] }), list: fc.array(value, { maxLength: 2 }) },
  { requiredKeys: [] },
)

describe('an index of rules', () => {
  it('leaves out only rules that neither match nor fail', () => {
    fc.assert(
      fc.property(fc.array(criteria, { maxLength: 12 }), payload, (all, event) => {
        const rules = all.map((one, at) => ruleOf(`r${String(at).padStart(2, '0')}`, one))
        const index = new RuleIndex()
        for (const rule of rules) index.add(rule)
        const candidates = index.candidates(event)
        const says = (rule: CompiledRule) => rule.criteria.evaluate({ payload: event, now: 0, st2kv: null })
        const counting = rules.filter((rule) => says(rule).isMatch || says(rule).failure !== null)
        expect(candidates.filter((rule) => counting.includes(rule))).toEqual(counting)
      }),
      { numRuns: 2000 },
    )
  })

  it('is empty again when its rules are taken out', () => {
    const rules = [ruleOf('a', {}), ruleOf('b', { 'trigger.a': { type: 'eq', pattern: 1 } })]
    const index = new RuleIndex()
    for (const rule of rules) index.add(rule)
    expect(index.candidates({ a: true }).map(({ rule }) => rule.id)).toEqual(['a', 'b'])
    expect(index.candidates({ a: 2 }).map(({ rule }) => rule.id)).toEqual(['a'])
    for (const rule of rules) index.remove(rule)
    expect(index.isEmpty).toBe(true)
    expect(index.candidates({ a: 1 })).toEqual([])
  })
})
