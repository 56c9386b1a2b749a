import * as fc from 'fast-check'

/** How actions end, drawn one after another. */
export interface Schedule {
  /** Picks the action that ends next among those that run. */
  picks: number[]
  /** Picks how it ends. */
  outcomes: number[]
  /** After how many ends something is asked for. */
  requests: { after: number; status: string }[]
}

const NAMES = ['t0', 't1', 't2', 't3', 't4', 't5', 't6']
const CONDITIONS = [
  null,
  '<% succeeded() %>',
  '<% failed() %>',
  '<% completed() %>',
  '<% ctx(n) > 1 %>',
  "{{ succeeded() and ctx('n') < 3 }}",
  '<% result() = 1 %>',
  '<% task_status(t1) = succeeded %>',
  '<% ctx(missing) %>',
]
/** A way back is taken a few times at most, and never to the first task, so that there is one to start with. */
const BACK = '<% completed() and ctx(n) < 4 %>'
const PUBLISHES = [
  [],
  [{ n: '<% ctx(n) + 1 %>' }],
  [{ x: '<% result() %>' }],
  [{ map: { size: '<% ctx(n) %>' } }],
  [{ map: { mode: 'a' } }, { text: "{{ ctx('map') }}" }],
  [{ x: null }],
]

const transition = (index: number) =>
  fc
    .record({
      when: fc.constantFrom(...CONDITIONS),
      publish: fc.constantFrom(...PUBLISHES),
      forward: fc.subarray(NAMES.slice(index + 1), { maxLength: Math.min(3, NAMES.length - index - 1) }),
      command: fc.constantFrom(null, null, null, 'noop', 'fail', 'continue'),
    })
    .map(({ when, publish, forward, command }) => {
      const names = [...forward, ...(command === null ? [] : [command])]
      return {
        ...(when === null ? {} : { when }),
        ...(publish.length === 0 ? {} : { publish }),
        ...(names.length === 0 ? {} : { do: names }),
      }
    })
    .filter((written) => Object.keys(written).length > 0)

const back = (index: number) =>
  fc
    .integer({ min: 1, max: Math.max(1, index) })
    .map((at) => ({ when: BACK, publish: [{ n: '<% ctx(n) + 1 %>' }], do: [NAMES[at] ?? 't1'] }))

const task = (index: number) =>
  fc
    .record({
      action: fc.constantFrom('core.echo', 'core.echo', 'core.noop', null),
      items: fc.constantFrom(null, null, null, '<% [1, 2, 3] %>', 'i in <% [] %>', '<% ctx(list) %>'),
      concurrency: fc.constantFrom(null, 1, 2),
      join: fc.constantFrom(null, null, 'all', 1, 2),
      retry: fc.constantFrom(null, null, { count: 1 }, { count: 2, when: '<% failed() %>', delay: 1 }),
      next: fc.array(transition(index), { maxLength: 3 }),
      back: fc.option(back(index), { freq: 4 }),
    })
    .map(({ action, items, concurrency, join, retry, next, back: cycle }) => ({
      ...(action === null && items === null ? {} : { action: action ?? 'core.noop' }),
      ...(items === null ? {} : { with: { items, ...(concurrency === null ? {} : { concurrency }) } }),
      ...(join === null || index === 0 ? {} : { join }),
      ...(retry === null ? {} : { retry }),
      ...(action === 'core.echo' && items === null ? { input: { message: '<% ctx(n) %>' } } : {}),
      next: [...next, ...(cycle === null ? [] : [cycle])],
      delay: 1,
    }))

/** A definition with forks, joins, items, retries, commands and ways back. */
export const randomWorkflow = fc.tuple(...NAMES.map((_, index) => task(index))).map((tasks) => ({
  version: '1.0',
  input: ['list'],
  vars: [{ n: 0 }, { map: {} }, { x: null }],
  output: [{ n: '<% ctx(n) %>' }, { map: '<% ctx(map) %>' }, { x: '<% ctx(x) %>' }],
  tasks: Object.fromEntries(tasks.map((written, index) => [NAMES[index], written])),
}))

export const randomSchedule: fc.Arbitrary<Schedule> = fc.record({
  picks: fc.array(fc.nat(), { minLength: 1, maxLength: 30 }),
  outcomes: fc.array(fc.nat(), { minLength: 1, maxLength: 30 }),
  requests: fc.array(
    fc.record({ after: fc.nat({ max: 8 }), status: fc.constantFrom('paused', 'resuming', 'canceled', 'resuming') }),
    { maxLength: 3 },
  ),
})

/** Endings of actions; some report something else before. */
export const OUTCOMES: readonly { before: string[]; status: string; result: unknown }[] = [
  { before: [], status: 'succeeded', result: 1 },
  { before: [], status: 'succeeded', result: { code: 0, out: 'text' } },
  { before: [], status: 'succeeded', result: [2.5, null] },
  { before: [], status: 'succeeded', result: null },
  { before: ['pending'], status: 'succeeded', result: 'answered' },
  { before: [], status: 'failed', result: { error: 'no' } },
  { before: [], status: 'timeout', result: null },
  { before: [], status: 'abandoned', result: null },
  { before: ['canceling'], status: 'canceled', result: null },
  { before: ['canceling'], status: 'succeeded', result: 1 },
]
