import { describe, expect, it } from 'vitest'
import { StateMachine } from './machine.ts'
import { isStatus, type Status } from './statuses.ts'
import { WORKFLOW_TABLE } from './workflow-table.ts'

/** Upstream's table as a matrix: statuses before in the head, a point where nothing changes. */
const MATRIX = `
event null requested scheduled delayed running pausing paused resuming canceling succeeded
workflow_requested requested . . . . . . . . .
workflow_scheduled scheduled scheduled . scheduled . . . . . .
workflow_delayed delayed delayed delayed . . . . . . .
workflow_running running running running running . running running running . .
workflow_running_workflow_completed . . . . . . succeeded . . .
workflow_resuming_workflow_completed . . . . . . succeeded . . .
workflow_pausing_workflow_active . . . . pausing pausing . pausing . .
workflow_paused_workflow_active . . . . pausing pausing . pausing . .
workflow_pausing_workflow_dormant . paused paused paused paused paused . paused . .
workflow_paused_workflow_dormant . paused paused paused paused paused . paused . .
workflow_resuming . . . . . resuming resuming . . .
workflow_succeeded . . . . succeeded . . . . .
workflow_failed failed failed failed failed failed failed failed failed failed failed
workflow_canceling_workflow_active . . . . canceling canceling . canceling canceling .
workflow_canceled_workflow_active . . . . canceling canceling . canceling canceling .
task_canceled_workflow_active . . . . canceling canceling . canceling canceling .
workflow_canceling_workflow_dormant . canceled canceled canceled canceled canceled canceled canceled canceled .
workflow_canceled_workflow_dormant . canceled canceled canceled canceled canceled canceled canceled canceled .
task_running . . . . . . running running . .
task_pending_workflow_active . . . . pausing pausing . pausing canceling .
task_pending_workflow_dormant . . . . paused paused . paused canceled .
task_succeeded_workflow_dormant_paused . . . . paused paused . paused canceled .
task_remediated_workflow_dormant_paused . . . . paused paused . paused canceled .
task_pausing . . . . running . . . . .
task_paused_workflow_active . . . . running pausing . . canceling .
task_paused_workflow_dormant . . . . paused paused . . canceled .
task_resuming . . . . . . running . . .
task_succeeded_workflow_active_incomplete . . . . running pausing . running canceling .
task_succeeded_workflow_active_completed . . . . running pausing . running canceling .
task_remediated_workflow_active_incomplete . . . . running pausing . running canceling .
task_remediated_workflow_active_completed . . . . running pausing . running canceling .
task_succeeded_workflow_active_paused . . . . pausing pausing . . . .
task_remediated_workflow_active_paused . . . . pausing pausing . . . .
task_succeeded_workflow_active_canceled . . . . canceling pausing . . . .
task_succeeded_workflow_dormant_incomplete . . . . running paused . running canceled .
task_remediated_workflow_dormant_incomplete . . . . running paused . running canceled .
task_succeeded_workflow_dormant_completed . . . . succeeded paused . succeeded canceled .
task_remediated_workflow_dormant_completed . . . . succeeded paused . succeeded canceled .
task_succeeded_workflow_dormant_canceled . . . . canceled canceled . canceled canceled .
task_remediated_workflow_dormant_canceled . . . . canceled canceled . canceled canceled .
task_canceled_workflow_dormant . . . . canceled canceled . canceled canceled .
task_failed_workflow_active . . . . failed failed . failed canceling .
task_failed_workflow_dormant . . . . failed failed . failed canceled .
task_remediated_workflow_active_canceled . . . . canceling canceling . . . .
task_canceling . . . . canceling canceling . canceling . .
task_retrying_workflow_active . . . . . pausing . . canceling .
task_retrying_workflow_dormant . . . . . paused . . canceled .
`

const [head = [], ...rows] = MATRIX.trim()
  .split('\n')
  .map((line) => line.split(' '))
const statuses = head.slice(1).map(status)
const machine = new StateMachine(WORKFLOW_TABLE)

function status(name: string): Status {
  if (isStatus(name)) return name
  throw new Error(`no status: ${name}`)
}

describe('what the status of a workflow becomes', () => {
  it.each(rows)('by %s', (event, ...cells) => {
    const actual = statuses.map((before) => machine.next(before, event) ?? '.')
    expect(actual).toEqual(cells)
  })

  it('has no cell beyond the matrix', () => {
    const events = new Set(rows.map(([event]) => event))
    const written = WORKFLOW_TABLE.rows.flatMap((row) => row.events)
    expect(written.filter((event) => !events.has(event))).toEqual([])
    expect(new Set(written).size).toBe(written.length)
    const cells = WORKFLOW_TABLE.rows.reduce((count, row) => count + row.events.length * Object.keys(row.to).length, 0)
    expect(cells).toBe(168)
  })

  it('is final where nothing follows, and unknown where it can not be asked', () => {
    const final: Status[] = ['canceled', 'failed']
    const unknown: Status[] = ['pending', 'retrying', 'timeout', 'abandoned']
    expect(final.map((name) => machine.has(name))).toEqual(final.map(() => true))
    expect(unknown.map((name) => machine.has(name))).toEqual(unknown.map(() => false))
  })
})
