import { describe, expect, it } from 'vitest'
import { type HistoryFilters, NO_FILTERS } from './execution-filters.ts'
import { completions, readWords } from './filter-words.ts'

const ID = '6b0738ca4b3c9bb3ab8ff680'

describe('readWords', () => {
  it.each<[string, Partial<HistoryFilters>]>([
    ['', {}],
    ['disk full', { q: 'disk full' }],
    ['status:failed,timeout status:failed', { status: ['failed', 'timeout'] }],
    ['action:core.local user:ada backup', { action: ['core.local'], user: ['ada'], q: 'backup' }],
    ['parameters.cmd:a:b context.user:x', { filter: 'parameters.cmd:a:b context.user:x' }],
    ['action.ref:core.local', { filter: 'action.ref:core.local' }],
    ['last:45m', { last: '45m' }],
    [ID.toUpperCase(), { id: [ID] }],
    ['http://host/x', { q: 'http://host/x' }],
    ['"user: ada" full', { q: '"user: ada" full' }],
  ])('reads %j', (text, expected) => {
    expect(readWords(text, { ...NO_FILTERS, page: 3 })).toEqual({
      filters: { ...NO_FILTERS, ...expected },
      error: undefined,
    })
  })

  it('adds to the filters that are set already, and takes the place of the text', () => {
    const before = { ...NO_FILTERS, action: ['core.echo'], filter: 'context.user:x', q: 'old' }
    expect(readWords('action:core.local parameters.a:1 new', before).filters).toMatchObject({
      action: ['core.echo', 'core.local'],
      filter: 'context.user:x parameters.a:1',
      q: 'new',
    })
  })

  it.each([
    ['status:broken', '“broken” is no status.'],
    ['last:3y', '“3y” is no range; write 45m, 6h or 7d.'],
    ['1 2 3 4 5 6 7 8 9', 'These are 9 words; at most 8 are looked for.'],
    ['x'.repeat(201), 'The text is 201 characters long; at most 200 are looked for.'],
    ['user:', '“user:” lacks a value.'],
    ['parameters.cmd:', '“parameters.cmd:” lacks a value.'],
    ['action.name:echo', '“action.name” cannot be looked for.'],
    ['runner.description:x', '“runner.description” cannot be looked for.'],
  ])('says what is wrong with %j', (text, error) => {
    expect(readWords(text, NO_FILTERS).error).toBe(error)
  })
})

describe('completions', () => {
  const known = { action: ['core.local', 'core.echo', 'linux.dig'] }

  it('offer names of filters, then their values, and keep what stands before', () => {
    expect(completions('backup act', known)).toEqual(['backup action:'])
    expect(completions('action:CORE', known)).toEqual(['action:core.local', 'action:core.echo'])
    expect(completions('backup ', known)).toEqual([])
  })
})
