import { describe, expect, it } from 'vitest'
import type { TransitionTable } from '../../src/machines/machine.ts'
import { TASK_TABLE } from '../../src/machines/task-table.ts'
import { WORKFLOW_TABLE } from '../../src/machines/workflow-table.ts'
import { readCases, readRecord } from './recorded-cases.ts'

/** Only a task that is active hears of requests to the workflow, and one that waits for its next attempt is not. */
const UNREACHABLE = ['task retrying workflow_canceled', 'task retrying workflow_canceling']

const MIN_RUNS = 600
const MIN_INSPECTIONS = 150

function cellsOf(kind: string, table: TransitionTable): [string, string][] {
  return table.rows.flatMap(({ events, to }) =>
    events.flatMap((event) =>
      Object.entries(to).map(([from, becomes]): [string, string] => [`${kind} ${from} ${event}`, becomes]),
    ),
  )
}

const cells = new Map([...cellsOf('task', TASK_TABLE), ...cellsOf('workflow', WORKFLOW_TABLE)])

describe('the state tables', () => {
  it('are upstream’s, cell by cell', () => {
    expect(Object.fromEntries(cells)).toEqual(readRecord<string>('tables.json'))
  })

  it('have a recorded case for every cell that a conductor can come to', () => {
    const coverage = readRecord<string | null>('coverage.json')
    const ids = new Set([...readCases('runs.jsonl'), ...readCases('calls.jsonl')].map(({ id }) => id))
    const uncovered = [...cells.keys()].filter((cell) => !ids.has(coverage[cell] ?? ''))
    expect(uncovered.sort()).toEqual(UNREACHABLE)
  })
})

describe('the recordings', () => {
  it.each([
    ['runs.jsonl', MIN_RUNS],
    ['inspections.jsonl', MIN_INSPECTIONS],
    ['calls.jsonl', cells.size - UNREACHABLE.length],
  ])('hold enough cases of %s, no two with one name', (name, least) => {
    const ids = readCases(name).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThanOrEqual(least)
  })

  it('say of which upstream they are', () => {
    expect(readRecord<string>('recorded-from.json').orquesta).toMatch(/^[0-9a-f]{40}$/)
  })
})
