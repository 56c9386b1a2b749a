import { describe, expect, it } from 'vitest'
import {
  filtersFromSearch,
  filtersToQuery,
  filtersToSearch,
  type HistoryFilters,
  NO_FILTERS,
} from './execution-filters.ts'

const NOW = Date.parse('2026-11-25T12:00:00Z')

describe('filters and the address', () => {
  it.each<Partial<HistoryFilters>>([
    {},
    { page: 3 },
    { status: ['failed', 'timeout'] },
    { action: ['core.local', 'core.echo'], user: ['a b&c'], last: '24h', q: 'disk full', sort: 'oldest' },
    {
      timestamp_gt: '2026-11-25T10:00:00Z',
      timestamp_lt: '2026-11-25T11:00:00Z',
      filter: 'parameters.cmd:a:b context.user:x',
    },
  ])('come back as they went: %j', (given) => {
    const filters = { ...NO_FILTERS, ...given }
    const search = Object.fromEntries(new URLSearchParams(filtersToSearch(filters)))
    expect(filtersFromSearch(search)).toEqual(filters)
  })

  it('are unchanged by being read a second time', () => {
    const filters: HistoryFilters = {
      ...NO_FILTERS,
      page: 4,
      status: ['failed', 'timeout'],
      user: ['x'],
      sort: 'oldest',
    }
    expect(filtersFromSearch({ ...filters })).toEqual(filters)
  })

  it('ignore what they do not understand', () => {
    const search = {
      page: '-1',
      status: 'failed,nonsense,failed',
      last: '3y',
      timestamp_gt: 'hello',
      timestamp_lt: '2026-13-45T00:00:00Z',
      other: 'x',
      user: {},
    }
    expect(filtersFromSearch(search)).toEqual({ ...NO_FILTERS, status: ['failed'] })
  })
})

describe('the request', () => {
  it('asks for top level executions, newest first, of one page', () => {
    const query = filtersToQuery({ ...NO_FILTERS, page: 3, status: ['failed', 'timeout'], last: '1h' }, 50, NOW)
    expect(query).toMatchObject({
      parent: 'null',
      limit: 50,
      offset: 100,
      status: 'failed,timeout',
      timestamp_gt: '2026-11-25T11:00:00.000Z',
      sort_desc: 'True',
    })
  })

  it('asks for any of several values, the oldest first, and for children by their ids (webui.md 17 row 2)', () => {
    const query = filtersToQuery({ ...NO_FILTERS, action: ['a.b', 'c.d'], id: ['1'], sort: 'oldest' }, 50, NOW)
    expect(query).toMatchObject({ action: 'a.b,c.d', id: ['1'], sort: 'timestamp' })
    expect(query).not.toHaveProperty('parent')
    expect(query).not.toHaveProperty('sort_desc')
  })
})
