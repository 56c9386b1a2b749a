import type { Execution } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { type HistoryFilters, NO_FILTERS } from './execution-filters.ts'
import { matchesFilters } from './execution-match.ts'

const NOW = Date.parse('2026-11-25T12:00:00Z')

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
    [{ action: ['core.local'], user: ['st2admin'], runner: ['local-shell-cmd'] }, true],
    [{ action: ['core.echo', 'core.local'] }, true],
    [{ action: ['core.http'] }, false],
    [{ rule: ['null'] }, true],
    [{ rule: ['nightly'] }, false],
    [{ id: ['1'] }, true],
    [{ q: 'DATE core.lo' }, true],
    [{ q: '"core.local date"' }, false],
    [{ q: 'succeeded' }, false],
    [{ last: '1h' }, true],
    [{ last: '15m' }, false],
    [{ timestamp_gt: '2026-11-25T11:00:00Z', timestamp_lt: '2026-11-25T11:20:00Z' }, false],
    [{ filter: 'parameters.cmd:date parameters.retries:0' }, true],
    [{ filter: 'parameters.cmd:other' }, false],
    [{ filter: 'no-colon' }, false],
  ])('under %j is listed: %s', (filters, listed) => {
    expect(matchesFilters(execution, { ...NO_FILTERS, ...filters }, NOW)).toBe(listed)
  })

  it('of a child is listed only where its id is asked for', () => {
    const child = { ...execution, parent: '9' }
    expect(matchesFilters(child, NO_FILTERS, NOW)).toBe(false)
    expect(matchesFilters(child, { ...NO_FILTERS, id: ['1'] }, NOW)).toBe(true)
  })
})
