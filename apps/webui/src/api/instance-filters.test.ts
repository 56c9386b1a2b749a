import { describe, expect, it } from 'vitest'
import {
  instanceFiltersFromSearch,
  instanceFiltersToQuery,
  instanceFiltersToSearch,
  NO_INSTANCE_FILTERS,
} from './instance-filters.ts'

describe('filters of trigger instances', () => {
  it('survive the address, and say nothing there when nothing is filtered', () => {
    const filters = {
      page: 3,
      trigger: 'core.1b2c',
      trigger_type: 'core.st2.webhook',
      status: 'processing_failed',
      last: '',
      timestamp_gt: '2026-11-25T10:00:00.000Z',
      timestamp_lt: '2026-11-26T10:00:00.000Z',
    } as const
    const search = Object.fromEntries(new URLSearchParams(instanceFiltersToSearch(filters)))
    expect(instanceFiltersFromSearch(search)).toEqual(filters)
    expect(instanceFiltersToSearch(NO_INSTANCE_FILTERS)).toBe('')
  })

  it('are left out where the address makes no sense', () => {
    const search = { page: '-1', status: 'lost', last: '3 weeks', timestamp_gt: 'hello', timestamp_lt: 'Z' }
    expect(instanceFiltersFromSearch(search)).toEqual(NO_INSTANCE_FILTERS)
  })

  it('become a query of one page, with a lower bound that moves with the clock', () => {
    const now = Date.parse('2026-11-25T12:00:00Z')
    expect(instanceFiltersToQuery({ ...NO_INSTANCE_FILTERS, page: 2, last: '1h', status: 'pending' }, 50, now)).toEqual(
      {
        limit: 50,
        offset: 50,
        status: 'pending',
        timestamp_gt: '2026-11-25T11:00:00.000Z',
      },
    )
  })
})
