import type { Execution } from '@st2/model'
import { describe, expect, it } from 'vitest'
import {
  filtersFromSearch,
  filtersToQuery,
  filtersToSearch,
  freeFilterError,
  type HistoryFilters,
  matchesFilters,
  NO_FILTERS,
} from './execution-filters.ts'

const NOW = Date.parse('2026-11-25T12:00:00Z')

describe('filters and the address', () => {
  it.each<Partial<HistoryFilters>>([
    {},
    { page: 3 },
    { status: ['failed', 'timeout'] },
    { action: 'core.local', user: 'a b&c', last: '24h' },
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
    const filters: HistoryFilters = { ...NO_FILTERS, page: 4, status: ['failed', 'timeout'], user: 'x' }
    expect(filtersFromSearch({ ...filters })).toEqual(filters)
  })

  it('ignore what they do not understand', () => {
    const search = { page: '-1', status: 'failed,nonsense,failed', last: '3y', other: 'x', user: {} }
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
})

describe('an event', () => {
  const execution = {
    id: '1',
    status: 'failed',
    start_timestamp: '2026-11-25T11:30:00.000000Z',
    action: { ref: 'core.local' },
    runner: { name: 'local-shell-cmd' },
    context: { user: 'st2admin' },
    parameters: { cmd: 'date', retries: 0 },
  } as unknown as Execution

  it.each<[Partial<HistoryFilters>, boolean]>([
    [{}, true],
    [{ page: 2 }, true],
    [{ status: ['failed', 'timeout'] }, true],
    [{ status: ['running'] }, false],
    [{ action: 'core.local', user: 'st2admin', runner: 'local-shell-cmd' }, true],
    [{ action: 'core.http' }, false],
    [{ rule: 'null' }, true],
    [{ rule: 'nightly' }, false],
    [{ last: '1h' }, true],
    [{ last: '15m' }, false],
    [{ timestamp_gt: '2026-11-25T11:00:00Z', timestamp_lt: '2026-11-25T11:20:00Z' }, false],
    [{ filter: 'parameters.cmd:date parameters.retries:0' }, true],
    [{ filter: 'parameters.cmd:other' }, false],
    [{ filter: 'no-colon' }, false],
  ])('under %j is listed: %s', (filters, listed) => {
    expect(matchesFilters(execution, { ...NO_FILTERS, ...filters }, NOW)).toBe(listed)
  })

  it('of a child is not listed at the top', () => {
    expect(matchesFilters({ ...execution, parent: '9' }, NO_FILTERS, NOW)).toBe(false)
  })
})

describe('a free filter', () => {
  it('says which word is broken', () => {
    expect(freeFilterError('parameters.cmd:a:b ')).toBeUndefined()
    expect(freeFilterError('a:b nonsense')).toBe('“nonsense” is no path:value pair.')
  })
})
