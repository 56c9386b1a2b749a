import { describe, expect, it } from 'vitest'
import { NO_FILTERS } from '../../api/execution-filters.ts'
import { chipsOf } from './filter-chips.ts'

describe('chipsOf', () => {
  it('has a chip for every value, which takes off that value alone', () => {
    const filters = {
      ...NO_FILTERS,
      status: ['failed', 'timeout'] as const,
      action: ['core.local', 'core.echo'],
      rule: ['null'],
      filter: 'parameters.a:1 parameters.b:2',
      last: '15m',
      q: 'disk',
    }
    expect(chipsOf(filters, 'utc').map(({ text, without }) => [text, without])).toEqual([
      ['failed', { status: ['timeout'] }],
      ['timeout', { status: ['failed'] }],
      ['action: core.local', { action: ['core.echo'] }],
      ['action: core.echo', { action: ['core.local'] }],
      ['rule: none', { rule: [] }],
      ['parameters.a:1', { filter: 'parameters.b:2' }],
      ['parameters.b:2', { filter: 'parameters.a:1' }],
      ['last 15 minutes', { last: '' }],
      ['text: disk', { q: '' }],
    ])
  })
})
