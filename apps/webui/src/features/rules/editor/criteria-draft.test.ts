import { describe, expect, it } from 'vitest'
import { draftCriteria, emptyCriterion, readCriteria, withKind } from './criteria-draft.ts'

describe('criteria that are edited', () => {
  it('keep the type of every pattern, the order, conditions and what else their author wrote', () => {
    const criteria = {
      'trigger.name': { type: 'equals', pattern: '1' },
      'trigger.count': { type: 'gt', pattern: 10 },
      'trigger.on#1': { type: 'eq', pattern: false },
      'trigger.on#2': { type: 'exists', pattern: 'dummy' },
      'trigger.tags': { type: 'in', pattern: ['a', 2, null], note: 'kept' },
      'trigger.template': { type: 'equals', pattern: '{{ trigger.other }}' },
      'trigger.hosts': {
        type: 'search',
        condition: 'all2any',
        pattern: { 'item.cpu': { type: 'greaterthan', pattern: 0.5 }, 'item.up': { type: 'equals', pattern: true } },
      },
    }
    const read = readCriteria(draftCriteria(criteria))
    expect(read.criteria).toEqual(criteria)
    expect(Object.keys(read.criteria)).toEqual(Object.keys(criteria))
    expect([...read.errors]).toEqual([])
  })

  it('may look at one field more than once', () => {
    const row = (operator: string, text: string) => ({
      ...emptyCriterion('trigger.n'),
      operator,
      text,
      kind: 'number' as const,
    })
    expect(readCriteria([row('gt', '1'), row('lt', '9'), row('neq', '5')]).criteria).toEqual({
      'trigger.n': { type: 'gt', pattern: 1 },
      'trigger.n#2': { type: 'lt', pattern: 9 },
      'trigger.n#3': { type: 'neq', pattern: 5 },
    })
  })

  it('give exists the pattern that the server asks for', () => {
    expect(readCriteria([{ ...emptyCriterion('trigger.x'), operator: 'exists' }]).criteria).toEqual({
      'trigger.x': { type: 'exists', pattern: true },
    })
  })

  it.each([
    [{ key: '' }, { key: 'Which field of the event?' }],
    [{ operator: '' }, { operator: 'Choose how to compare.' }],
    [{ kind: 'number', text: 'ten' }, { pattern: "'ten' is not a number." }],
    [{ kind: 'boolean', text: 'yes' }, { pattern: 'true or false?' }],
    [{ kind: 'json', text: 'null' }, { pattern: 'The server takes no null as a pattern; use “does not exist”.' }],
    [{ operator: 'search' }, { pattern: 'Say what is looked for in an item.' }],
  ] as const)('say what is wrong at the row: %j', (change, errors) => {
    const row = { ...emptyCriterion('trigger.x'), ...change }
    expect(readCriteria([row]).errors.get(row.id)).toEqual(errors)
  })

  it('find what is wrong inside of a search', () => {
    const inner = emptyCriterion('')
    const row = { ...emptyCriterion('trigger.x'), operator: 'search', items: [inner] }
    expect([...readCriteria([row]).errors.keys()]).toEqual([inner.id])
  })

  it('take a text along to another type', () => {
    const row = { ...emptyCriterion('trigger.x'), text: '5' }
    expect(withKind(row, 'number')).toMatchObject({ kind: 'number', text: '5' })
    expect(withKind(withKind(row, 'number'), 'json')).toMatchObject({ kind: 'json', text: '5' })
    expect(withKind({ ...row, text: 'abc' }, 'number')).toMatchObject({ kind: 'number', text: '' })
    expect(withKind({ ...row, kind: 'json', text: '["a"]' }, 'text')).toMatchObject({ kind: 'text', text: '["a"]' })
  })
})
