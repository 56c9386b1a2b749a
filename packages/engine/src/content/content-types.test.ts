import { describe, expect, it } from 'vitest'
import { countersOf, kindsOf } from './content-types.ts'

describe('types of content', () => {
  it.each([
    [['actions'], ['runners', 'actions']],
    [['action'], ['runners', 'actions']],
    [['rule'], ['rule_types', 'rules']],
    [['policies'], ['policy_types', 'policies']],
    [
      ['aliases', 'config'],
      ['aliases', 'configs'],
    ],
  ])('%j are counted as %j', (types, counters) => {
    expect(countersOf(types)).toEqual(counters)
  })

  it('are all counted when none is named, or all are', () => {
    expect(countersOf(undefined)).toHaveLength(10)
    expect(countersOf(['all'])).toEqual(countersOf(undefined))
  })

  it('are refused when nobody knows them', () => {
    expect(() => kindsOf(['frob'])).toThrow(/^'frob' is not one of \['all', 'runner', 'action', 'actions', /)
  })
})
