import { expect, it } from 'vitest'
import { isWholeSuccess, stateText, type Target } from './job-words.ts'
import { type Outcome, RequestQueue } from './request-queue.ts'

const DONE: Outcome = { kind: 'done', made: null }
const FAILED: Outcome = { kind: 'failed', text: 'no such action' }
const UNAUTHORIZED: Outcome = { kind: 'unauthorized' }

it.each([
  { outcomes: [DONE, DONE], said: '2 re-run', isWhole: true },
  { outcomes: [DONE, FAILED], said: '1 re-run, 1 failed', isWhole: false },
  { outcomes: [FAILED], said: 'None re-run, 1 failed', isWhole: false },
  { outcomes: [DONE, UNAUTHORIZED], said: 'Your session has ended: 1 of 2 left.', isWhole: true },
])('says $said', async ({ outcomes, said, isWhole }) => {
  const targets = outcomes.map((_, at): Target => ({ id: String(at), ref: 'core.local' }))
  const queue = new RequestQueue<Target>(
    targets,
    ({ id }) => Promise.resolve(outcomes[Number(id)] ?? DONE),
    () => undefined,
  )
  queue.go()
  expect(stateText({ verb: 'rerun', queue: queue.state })).toBe(`Re-running ${countOf(outcomes.length)}`)
  await new Promise((resolve) => setImmediate(resolve))
  expect(stateText({ verb: 'rerun', queue: queue.state })).toBe(said)
  expect(isWholeSuccess({ verb: 'rerun', queue: queue.state })).toBe(isWhole)
})

function countOf(count: number): string {
  return count === 1 ? '1 execution' : `${count} executions`
}
