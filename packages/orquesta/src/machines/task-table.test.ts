import { describe, expect, it } from 'vitest'
import { StateMachine } from './machine.ts'
import { isStatus, type Status } from './statuses.ts'
import { TASK_TABLE } from './task-table.ts'

/** Upstream's table as a matrix: statuses before in the head, a point where nothing changes. */
const MATRIX = `
event null requested scheduled delayed running pending pausing paused resuming retrying canceling succeeded failed
action_requested requested . . . . . . . . . . . .
action_scheduled scheduled scheduled . scheduled . . . . . . . . .
action_delayed delayed delayed delayed . . . . . . . . . .
action_running running running running running running . . running running running . . .
action_pending pending pending pending pending pending . . . . . . . .
action_pending_task_active_items_incomplete . . . . pausing . . . . . . . .
action_paused_task_active_items_incomplete . . . . pausing . . . . . . . .
workflow_pausing_task_active_items_incomplete . . . . pausing . . . . . . . .
workflow_paused_task_active_items_incomplete . . . . pausing . . . . . . . .
action_pending_task_dormant_items_incomplete . . . . paused . paused . . . canceled . .
action_pending_task_dormant_items_completed . . . . paused . paused . . . canceled . .
action_pending_task_dormant_items_paused . . . . paused . paused . . . canceled . .
action_paused_task_dormant_items_incomplete . . . . paused . paused . . . canceled . .
action_paused_task_dormant_items_completed . . . . paused . paused . . . canceled . .
action_paused_task_dormant_items_paused . . . . paused . paused . . . canceled . .
action_succeeded_task_dormant_items_paused . . . . paused . paused . . . canceled . .
action_pending_task_dormant_items_canceled . . . . canceled . canceled . . . canceled . .
action_paused_task_dormant_items_canceled . . . . canceled . canceled . . . canceled . .
action_succeeded_task_dormant_items_canceled . . . . canceled . canceled . . . canceled . .
action_failed_task_dormant_items_canceled . . . . canceled . canceled . . . canceled . .
action_timeout_task_dormant_items_canceled . . . . canceled . canceled . . . canceled . .
action_abandoned_task_dormant_items_canceled . . . . canceled . canceled . . . canceled . .
action_canceled_task_dormant_items_incomplete . . . . canceled . canceled . . . canceled . .
action_canceled_task_dormant_items_completed . . . . canceled . canceled . . . canceled . .
action_canceled_task_dormant_items_paused . . . . canceled . canceled . . . canceled . .
action_canceled_task_dormant_items_canceled . . . . canceled . canceled . . . canceled . .
action_canceled_task_dormant_items_failed . . . . canceled . canceled . . . canceled . .
action_pending_task_dormant_items_failed . . . . failed . failed . . . canceled . .
action_paused_task_dormant_items_failed . . . . failed . failed . . . canceled . .
action_succeeded_task_dormant_items_failed . . . . failed . failed . . . canceled . .
action_failed_task_dormant_items_incomplete . . . . failed . failed . . . canceled . .
action_failed_task_dormant_items_completed . . . . failed . failed . . . canceled . .
action_failed_task_dormant_items_paused . . . . failed . failed . . . canceled . .
action_failed_task_dormant_items_failed . . . . failed . failed . . . canceled . .
action_timeout_task_dormant_items_incomplete . . . . failed . failed . . . canceled . .
action_timeout_task_dormant_items_completed . . . . failed . failed . . . canceled . .
action_timeout_task_dormant_items_paused . . . . failed . failed . . . canceled . .
action_timeout_task_dormant_items_failed . . . . failed . failed . . . canceled . .
action_abandoned_task_dormant_items_incomplete . . . . failed . failed . . . canceled . .
action_abandoned_task_dormant_items_completed . . . . failed . failed . . . canceled . .
action_abandoned_task_dormant_items_paused . . . . failed . failed . . . canceled . .
action_abandoned_task_dormant_items_failed . . . . failed . failed . . . canceled . .
action_pausing . pausing pausing pausing pausing . . . . . . . .
action_paused . paused paused paused paused . paused . . . canceled . .
action_resuming . . . . . . resuming resuming . . . . .
action_succeeded . . . . succeeded succeeded . . . . . . .
action_succeeded_task_active_items_incomplete . . . . running . . . . . . . .
action_succeeded_task_dormant_items_incomplete . . . . running . paused . . . canceled . .
action_succeeded_task_dormant_items_completed . . . . succeeded . succeeded . . . succeeded . .
action_failed . failed failed failed failed failed failed . . . failed . .
action_timeout . timeout timeout timeout failed failed failed . . . failed . .
action_abandoned . abandoned abandoned abandoned failed failed failed . . . failed . .
action_canceling . canceling canceling canceling canceling . canceling canceling canceling canceling . . .
action_canceled . canceled canceled canceled canceled canceled canceled canceled canceled canceled canceled . .
action_canceled_task_active_items_incomplete . . . . canceling . . . . . . . .
workflow_canceling_task_active_items_incomplete . . . . canceling . . . . . . . .
workflow_canceled_task_active_items_incomplete . . . . canceling . . . . . . . .
task_continue_requested succeeded . . . . . . . . . . . .
task_noop_requested succeeded . . . . . . . . . . . .
task_fail_requested failed . . . . . . . . . . . .
task_retry_requested . . . . . . . . . . . retrying retrying
workflow_pausing_task_dormant_items_incomplete . . . . paused . . . . . . . .
workflow_paused_task_dormant_items_incomplete . . . . paused . . . . . . . .
workflow_canceling . . . . . . . . . canceled . . .
workflow_canceled . . . . . . . . . canceled . . .
workflow_canceling_task_dormant_items_incomplete . . . . canceled . . . . . . . .
workflow_canceled_task_dormant_items_incomplete . . . . canceled . . . . . . . .
`

const [head = [], ...rows] = MATRIX.trim()
  .split('\n')
  .map((line) => line.split(' '))
const statuses = head.slice(1).map(status)
const machine = new StateMachine(TASK_TABLE)

function status(name: string): Status {
  if (isStatus(name)) return name
  throw new Error(`no status: ${name}`)
}

describe('what the status of a task becomes', () => {
  it.each(rows)('by %s', (event, ...cells) => {
    const actual = statuses.map((before) => machine.next(before, event) ?? '.')
    expect(actual).toEqual(cells)
  })

  it('has no cell beyond the matrix', () => {
    const events = new Set(rows.map(([event]) => event))
    const written = TASK_TABLE.rows.flatMap((row) => row.events)
    expect(written.filter((event) => !events.has(event))).toEqual([])
    expect(new Set(written).size).toBe(written.length)
    const cells = TASK_TABLE.rows.reduce((count, row) => count + row.events.length * Object.keys(row.to).length, 0)
    expect(cells).toBe(197)
  })

  it('is final where nothing follows, and unknown where it can not be asked', () => {
    const final: Status[] = ['canceled']
    const unknown: Status[] = ['timeout', 'abandoned']
    expect(final.map((name) => machine.has(name))).toEqual(final.map(() => true))
    expect(unknown.map((name) => machine.has(name))).toEqual(unknown.map(() => false))
  })
})
