import type { Execution } from '@st2/model'
import { expect, it } from 'vitest'
import { LiveTasks } from './live-tasks.ts'

function child(id: string, status: string, task: string, more: Record<string, unknown> = {}): Execution {
  const execution = {
    id,
    status,
    start_timestamp: '2026-01-01T00:00:00.000000Z',
    action: { ref: 'core.noop' },
    context: { orquesta: { task_name: task } },
    parent: 'root',
    ...more,
  }
  // Of an execution only this is looked at.
  return execution as unknown as Execution
}

it('tells each change once, tasks below those that they belong to', () => {
  const tasks = new LiveTasks('root', (text) => text)
  const now = Date.parse('2026-01-01T00:00:03Z')
  const over = { end_timestamp: '2026-01-01T00:00:02.000000Z' }
  const inner = { parent: 'a', context: { chain: { name: 'inner' } } }
  const item = { context: { orquesta: { task_name: 'second', item_id: 1 } } }
  expect(tasks.news([child('a', 'running', 'first')], now)).toBe('  first: core.noop running (3s elapsed)\n')
  expect(tasks.news([child('a', 'running', 'first')], now)).toBe('')
  const later = [
    child('a', 'succeeded', 'first', over),
    child('b', 'running', '', inner),
    child('c', 'requested', '', item),
  ]
  expect(tasks.news(later, now)).toBe(
    '  first: core.noop succeeded (2s elapsed)\n    inner: core.noop running (3s elapsed)\n  second[1]: core.noop requested\n',
  )
})
