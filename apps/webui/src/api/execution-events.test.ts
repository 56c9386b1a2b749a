import type { List } from '@st2/client'
import type { Execution, ExecutionStatus } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { applyToChildren, type ExecutionEvent, newerOf } from './execution-events.ts'

const execution = (id: number, status: ExecutionStatus = 'running', more: Partial<Execution> = {}) =>
  ({ id: String(id), status, start_timestamp: `2026-11-25T10:00:0${id}.000000Z`, ...more }) as Execution

const page = (...ids: number[]): List<Execution> => ({
  items: ids.map((id) => execution(id)),
  total: ids.length,
  limit: 3,
})
const event = (kind: ExecutionEvent['kind'], record: Execution): ExecutionEvent => ({ kind, execution: record })
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
