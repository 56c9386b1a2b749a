import type { List } from '@st2/client'
import type { Execution, ExecutionStatus } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { applyToChildren, applyToPage, type ExecutionEvent, makesTotalUncertain, newerOf } from './execution-events.ts'
import { NO_FILTERS } from './execution-filters.ts'

const execution = (id: number, status: ExecutionStatus = 'running', more: Partial<Execution> = {}) =>
  ({ id: String(id), status, start_timestamp: `2026-11-25T10:00:0${id}.000000Z`, ...more }) as Execution

const page = (...ids: number[]): List<Execution> => ({
  items: ids.map((id) => execution(id)),
  total: ids.length,
  limit: 3,
})
const event = (kind: ExecutionEvent['kind'], record: Execution): ExecutionEvent => ({ kind, execution: record })
const context = { filters: NO_FILTERS, limit: 3, nowMs: Date.parse('2026-11-25T10:01:00Z') }
const ids = (list: List<Execution>) => list.items.map((item) => item.id)

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

  it('only counts new executions when it is not the first', () => {
    const after = applyToPage(page(2, 1), event('create', execution(3)), {
      ...context,
      filters: { ...NO_FILTERS, page: 2 },
    })
    expect(ids(after)).toEqual(['2', '1'])
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
  })
})

describe('children in pages (webui.md 17 row 2)', () => {
  it('are updated in their page, added at the end and removed', () => {
    const pages = [page(1, 2), page(3)]
    expect(applyToChildren(pages, event('update', execution(2, 'failed')), true)[0]?.items[1]?.status).toBe('failed')
    expect(applyToChildren(pages, event('create', execution(4)), true)[1]?.items).toHaveLength(2)
    expect(applyToChildren(pages, event('create', execution(4)), false)[1]).toMatchObject({
      total: 2,
      items: [{ id: '3' }],
    })
    expect(applyToChildren(pages, event('delete', execution(3)), true)[1]?.items).toEqual([])
  })
})

describe('newerOf', () => {
  it('prefers the record that has ended, then the longer log', () => {
    const running = execution(1, 'running', { log: [{ timestamp: 't', status: 'running' }] })
    const ended = execution(1, 'succeeded', { end_timestamp: '2026-11-25T10:00:09Z' })
    expect(newerOf(ended, running)).toBe(ended)
    expect(newerOf(execution(1), running)).toBe(running)
  })
})
