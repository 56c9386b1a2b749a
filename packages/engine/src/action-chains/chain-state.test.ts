import { expect, it } from 'vitest'
import { type ChainDecision, ChainState } from './chain-state.ts'

const STEP = { action: 'core.noop', parameters: {}, secret: [] }

function entry(name: string, state: string) {
  const time = '2026-01-01T00:00:00.000000+00:00'
  return {
    id: name,
    name,
    execution_id: 'e',
    liveaction_id: 'l',
    workflow: null,
    created_at: time,
    updated_at: time,
    state,
  }
}

const DECISIONS: readonly (readonly [ChainDecision, unknown])[] = [
  [
    {
      begin: {
        definition: 'd',
        parameters: { p: 1 },
        vars: { v: 'a' },
        skipsNotify: [],
        showsPublished: true,
        maxTasks: 5,
      },
      secret: ['p'],
      next: { ...STEP, task: 'one' },
      end: null,
    },
    null,
  ],
  [{ entry: entry('one', 'succeeded'), published: { v: 'b' }, next: { ...STEP, task: 'two' }, end: null }, { out: 1 }],
  [
    {
      entry: entry('two', 'failed'),
      isInquiry: true,
      next: null,
      end: { status: 'failed', error: 'e. why', traceback: 'why' },
    },
    { response: 1 },
  ],
]

it('is what its rows come to, one after the other', () => {
  const state = new ChainState()
  for (const [decision, result] of DECISIONS) state.apply(decision, result)
  expect(state).toMatchObject({ rows: 3, current: 2, next: null, vars: { v: 'b' }, parameters: { p: 1 }, maxTasks: 5 })
  expect([...state.secret]).toEqual(['p'])
  expect(state.results).toEqual({ one: { out: 1 }, two: { response: 1, result: { response: 1 } } })
  expect(state.result).toEqual({
    tasks: [
      { ...entry('one', 'succeeded'), result: { out: 1 } },
      { ...entry('two', 'failed'), result: { response: 1 } },
    ],
    published: { v: 'b' },
    error: 'e. why',
    traceback: 'why',
  })
})

it('tells nothing of its tasks when it could not begin with them', () => {
  const state = new ChainState()
  state.apply({ next: null, end: { status: 'failed', error: 'e', isBare: true } }, null)
  expect(state.result).toEqual({ error: 'e', traceback: 'e' })
})
