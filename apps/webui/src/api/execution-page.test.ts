import type { Execution, ExecutionStatus } from '@st2/model'
import { describe, expect, it } from 'vitest'
import type { ExecutionEvent } from './execution-events.ts'
import { NO_FILTERS } from './execution-filters.ts'
import { afterAnswer, applyToPage, type ExecutionPage, hold, makesTotalUncertain, release } from './execution-page.ts'

const execution = (id: number, status: ExecutionStatus = 'running', more: Partial<Execution> = {}) =>
  ({ id: String(id), status, start_timestamp: `2026-11-25T10:00:0${id}.000000Z`, ...more }) as Execution

const page = (...ids: number[]): ExecutionPage => ({
  items: ids.map((id) => execution(id)),
  total: ids.length,
  limit: 3,
  isHeld: false,
  waiting: [],
})
const event = (kind: ExecutionEvent['kind'], record: Execution): ExecutionEvent => ({ kind, execution: record })
const context = { filters: NO_FILTERS, limit: 3, nowMs: Date.parse('2026-11-25T10:01:00Z') }
const ids = (list: ExecutionPage) => list.items.map((item) => item.id)
const waiting = (list: ExecutionPage) => list.waiting.map((item) => item.id)

describe('a page of the history honours filters and page in live events (webui.md 17 row 2)', () => {
  it('takes a new execution in at its place and keeps its size', () => {
    const after = applyToPage(page(4, 2, 1), event('create', execution(3)), context)
    expect(ids(after)).toEqual(['4', '3', '2'])
    expect(after.total).toBe(4)
  })

  it('takes nothing in that its filters exclude', () => {
    const before = page(2, 1)
    const filters = { ...NO_FILTERS, status: ['failed'] as const }
    expect(applyToPage(before, event('create', execution(3)), { ...context, filters })).toBe(before)
  })

  it('lets new executions wait when it is not the first', () => {
    const after = applyToPage(page(2, 1), event('create', execution(3)), {
      ...context,
      filters: { ...NO_FILTERS, page: 2 },
    })
    expect(ids(after)).toEqual(['2', '1'])
    expect(waiting(after)).toEqual(['3'])
    expect(after.total).toBe(3)
  })

  it('lets go of an execution that no longer matches, and of a deleted one', () => {
    const filters = { ...NO_FILTERS, status: ['running'] as const }
    const done = applyToPage(page(2, 1), event('update', execution(2, 'succeeded')), { ...context, filters })
    expect(ids(done)).toEqual(['1'])
    expect(applyToPage(page(2, 1), event('delete', execution(1)), context)).toMatchObject({ total: 1 })
  })

  it('replaces a known execution in place', () => {
    const after = applyToPage(page(2, 1), event('update', execution(1, 'failed')), context)
    expect(after.items[1]?.status).toBe('failed')
    expect(after.total).toBe(2)
  })

  it('knows when its total is no longer certain', () => {
    const filters = { ...NO_FILTERS, status: ['failed'] as const }
    expect(makesTotalUncertain(page(1), event('update', execution(3, 'failed')), { ...context, filters })).toBe(true)
    expect(makesTotalUncertain(page(1), event('update', execution(3, 'failed')), context)).toBe(false)
    expect(makesTotalUncertain(page(1), event('delete', execution(3)), context), 'others take its place').toBe(true)
    const byResult = { ...context, filters: { ...context.filters, filter: 'result.stdout:x' } }
    expect(makesTotalUncertain(page(1), event('update', execution(3, 'failed')), byResult)).toBe(true)
    expect(makesTotalUncertain(page(1), event('update', execution(3, 'running')), byResult)).toBe(false)
  })
})

describe('a page that somebody reads', () => {
  it('keeps its rows and lets what is new wait, until it is asked for', () => {
    const held = applyToPage(hold(page(3, 2, 1)), event('create', execution(4)), context)
    expect(ids(held)).toEqual(['3', '2', '1'])
    expect(waiting(held)).toEqual(['4'])
    const ended = applyToPage(held, event('update', execution(4, 'failed')), context)
    expect(ended).toMatchObject({ total: 4, waiting: [{ status: 'failed' }] })
    const shown = release(ended, 3)
    expect(ids(shown)).toEqual(['4', '3', '2'])
    expect(shown).toMatchObject({ isHeld: false, waiting: [] })
  })

  it('forgets what waited and was deleted', () => {
    const held = applyToPage(hold(page(1)), event('create', execution(2)), context)
    expect(applyToPage(held, event('delete', execution(2)), context)).toMatchObject({ total: 1, waiting: [] })
  })

  it('keeps rows that an answer no longer has room for, and loses those that are gone', () => {
    const after = afterAnswer(hold(page(5, 4, 2)), { ...page(7, 5, 3), total: 9 }, 3)
    expect(ids(after)).toEqual(['5', '2'])
    expect(waiting(after)).toEqual(['7', '3'])
    expect(after.total).toBe(9)
  })
})

describe('a list with the oldest first', () => {
  const oldest = { ...context, filters: { ...NO_FILTERS, sort: 'oldest' as const } }

  it('takes a new execution in at the end of its last page alone', () => {
    expect(ids(applyToPage(page(1, 2), event('create', execution(3)), oldest))).toEqual(['1', '2', '3'])
    const full = applyToPage(page(1, 2, 3), event('create', execution(4)), oldest)
    expect(ids(full)).toEqual(['1', '2', '3'])
    expect(full.total).toBe(4)
  })
})
