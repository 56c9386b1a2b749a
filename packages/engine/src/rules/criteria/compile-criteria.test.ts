import { platformEnvironment } from '@st2/expressions'
import type { Criterion } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { compileCriteria, type CriteriaVerdict, type CriterionOutcome } from './compile-criteria.ts'

const MATCH = { isMatch: true, failure: null, isBroken: false }
const NO_MATCH = { isMatch: false, failure: null, isBroken: false }

function compile(criteria: Record<string, Criterion>) {
  return compileCriteria(criteria, 'p.r', platformEnvironment)
}

function verdict(criteria: Record<string, Criterion>, payload: Record<string, unknown>): CriteriaVerdict {
  return compile(criteria).evaluate({ payload, now: 0, st2kv: null })
}

function looked(criteria: Record<string, Criterion>, payload: Record<string, unknown>): string[] {
  const outcomes: CriterionOutcome[] = []
  compile(criteria).evaluate({ payload, now: 0, st2kv: null }, (outcome) => outcomes.push(outcome))
  return outcomes.map(({ key, isMatch }) => `${key} ${isMatch}`)
}

describe('criteria of a rule', () => {
  it('match every event when there are none, and no empty payload when there are', () => {
    expect(verdict({}, {})).toEqual(MATCH)
    expect(verdict({ 'trigger.a': { type: 'nexists', pattern: 'x' } }, {})).toEqual(NO_MATCH)
    expect(verdict({ 'trigger.a': { type: 'nexists', pattern: 'x' } }, { b: 1 })).toEqual(MATCH)
  })

  it('are looked at in their order, up to the first that does not hold', () => {
    const criteria = {
      'trigger.a#1': { type: 'gt', pattern: 0 },
      'trigger.a#2': { type: 'lt', pattern: 5 },
      'trigger.b': { type: 'startswith', pattern: 'x' },
    }
    expect(looked(criteria, { a: 3, b: 'xy' })).toEqual(['trigger.a#1 true', 'trigger.a#2 true', 'trigger.b true'])
    expect(looked(criteria, { a: 7, b: 1 })).toEqual(['trigger.a#1 true', 'trigger.a#2 false'])
    expect(verdict(criteria, { a: 7, b: 1 })).toEqual(NO_MATCH)
    expect(verdict(criteria, { a: 3, b: 1 }).failure).toEqual({
      reason: 'There might be a problem with the criteria in rule p.r',
      text: "'int' object has no attribute 'startswith'",
    })
  })

  it('take operators in any case of letters', () => {
    expect(verdict({ 'trigger.a': { type: 'EQUALS', pattern: 1 } }, { a: 1 })).toEqual(MATCH)
    expect(verdict({ 'trigger.a': { type: 'IStartsWith', pattern: 'X' } }, { a: 'xy' })).toEqual(MATCH)
    const items = { type: 'Search', condition: 'any', pattern: { 'item.n': { type: 'Eq', pattern: 1 } } }
    expect(verdict({ 'trigger.a': items }, { a: [{ n: 1 }] })).toEqual(MATCH)
  })

  it('say what is wrong with a key, a pattern and an operator', () => {
    expect(verdict({ 'trigger.a b': { type: 'eq', pattern: 1 } }, { a: 1 }).failure?.reason).toBe(
      'Failed transforming criteria key trigger.a b',
    )
    expect(verdict({ 'trigger.a': { type: 'eq', pattern: '{{ nope }}' } }, { a: 1 }).failure).toEqual({
      reason: 'Failed to render pattern value "{{ nope }}" for key "trigger.a"',
      text: "'nope' is undefined",
    })
    expect(verdict({ 'trigger.a': { type: 'frob', pattern: 1 } }, { a: 1 })).toMatchObject({
      isMatch: false,
      isBroken: true,
      failure: { text: 'Invalid operator: frob' },
    })
  })

  it('never hold without an operator, and say nothing', () => {
    const criteria: Record<string, never> = JSON.parse('{ "trigger.a": { "pattern": 1 } }')
    expect(verdict(criteria, { a: 1 })).toEqual(NO_MATCH)
  })

  it('take bytes for the text they hold', () => {
    const bytes = new TextEncoder().encode('héllo')
    expect(verdict({ 'trigger.a': { type: 'equals', pattern: 'héllo' } }, { a: bytes })).toEqual(MATCH)
    expect(verdict({ 'trigger.a': { type: 'contains', pattern: bytes } }, { a: 'say héllo' })).toEqual(MATCH)
    const broken = verdict({ 'trigger.a': { type: 'equals', pattern: 'x' } }, { a: Uint8Array.of(255) })
    expect(broken.failure?.reason).toBe('Failed transforming criteria key trigger.a')
  })

  it('compare with what the event itself holds, in its type', () => {
    const criteria = { 'trigger.n': { type: 'gt', pattern: '{{ trigger.limit }}' } }
    expect(verdict(criteria, { n: 5, limit: 4 })).toEqual(MATCH)
    expect(verdict(criteria, { n: 5, limit: 5 })).toEqual(NO_MATCH)
    expect(compile(criteria).hasTemplates).toBe(true)
  })

  it('let search name the item, and not the event', () => {
    const search = (pattern: unknown): Record<string, Criterion> => ({
      'trigger.list': { type: 'search', condition: 'any', pattern: { 'item.n': { type: 'eq', pattern } } },
    })
    expect(verdict(search('{{ item.m }}'), { list: [{ n: 1, m: 1 }] })).toEqual(MATCH)
    expect(verdict(search('{{ trigger.n }}'), { list: [{ n: 1 }], n: 1 }).failure?.text).toBe("'trigger' is undefined")
    expect(compile(search('{{ item.m }}')).hasTemplates).toBe(true)
  })

  it('go on with search after an item that could not be compared', () => {
    const criteria = {
      'trigger.list': { type: 'search', condition: 'any', pattern: { item: { type: 'startswith', pattern: 'a' } } },
    }
    expect(verdict(criteria, { list: [1, 'abc'] })).toEqual(MATCH)
    expect(verdict(criteria, { list: [1, 'xyz'] }).failure?.text).toBe("'int' object has no attribute 'startswith'")
  })

  it('end a regular expression that explodes, and a search that is too long', () => {
    const exploding = verdict({ 'trigger.a': { type: 'regex', pattern: '(a|aa)+$' } }, { a: `${'a'.repeat(60)}b` })
    expect(exploding.failure?.text).toContain('2000000 steps')
    const list = Array.from({ length: 1_100_000 }, () => 1)
    const many = { 'trigger.list': { type: 'search', condition: 'any', pattern: { item: { type: 'eq', pattern: 2 } } } }
    expect(verdict(many, { list }).failure?.text).toContain('2000000 steps')
  })

  it('never look beyond own keys of the event', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      expect(verdict({ [`trigger.${name}`]: { type: 'nexists', pattern: 'x' } }, { a: 1 })).toEqual(MATCH)
    }
  })
})

describe('the equality that an index goes by', () => {
  const index = (criteria: Record<string, Criterion>) => compile(criteria).index

  it('is the first of a plain path with a plain value', () => {
    expect(index({ 'trigger.a.b': { type: 'equals', pattern: 'x' } })).toEqual({
      names: ['trigger', 'a', 'b'],
      pattern: 'x',
    })
    expect(
      index({ 'trigger.a#1': { type: 'exists', pattern: 1 }, 'trigger.a#2': { type: 'eq', pattern: 5 } })?.pattern,
    ).toBe(5)
    expect(
      index({ 'trigger.a': { type: 'in', pattern: [1, 2] }, 'trigger.b': { type: 'eq', pattern: true } })?.pattern,
    ).toBe(true)
  })

  it('is none when something before it can fail, or it differs from event to event', () => {
    expect(index({})).toBeNull()
    expect(index({ 'trigger.a': { type: 'lt', pattern: 1 }, 'trigger.b': { type: 'eq', pattern: 1 } })).toBeNull()
    expect(index({ 'trigger.a': { type: 'in', pattern: 'x' }, 'trigger.b': { type: 'eq', pattern: 1 } })).toBeNull()
    expect(index({ 'trigger.a': { type: 'eq', pattern: '{{ trigger.b }}' } })).toBeNull()
    expect(index({ 'trigger.a[0]': { type: 'eq', pattern: 1 } })).toBeNull()
    expect(index({ 'trigger.a': { type: 'eq', pattern: [1] } })).toBeNull()
    expect(index({ 'trigger.a': { type: 'eq', pattern: 2 ** 60 } })).toBeNull()
  })
})
