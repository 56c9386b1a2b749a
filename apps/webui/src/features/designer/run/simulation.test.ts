import { describe, expect, it } from 'vitest'
import { answerQuestion, endAction, endAllWell, MAX_SIMULATED_ENDS, startSimulation, takeBack } from './simulation.ts'

const definition = `
version: 1.0
input: [name]
tasks:
  greet:
    action: core.echo message=<% ctx(name) %>
    next:
      - when: <% succeeded() %>
        publish: said=<% result() %>
        do: [left, right]
      - when: <% failed() %>
        do: fail
  left: {action: core.noop, next: [{do: last}]}
  right: {action: core.noop, next: [{do: last}]}
  last: {join: all, action: "core.echo message=<% ctx(said) %>"}
output: [{said: <% ctx(said) %>}]
`
const start = () => startSimulation({ definition, inputs: { name: 'Ann' }, at: 0 })
const end = (
  state: ReturnType<typeof start>,
  task: string,
  status: 'succeeded' | 'failed' = 'succeeded',
  result: unknown = null,
) => {
  const id = state.waiting.find((action) => action.task === task)?.id
  if (id === undefined) throw new Error(`${task} does not wait`)
  return endAction(state, { id, status, result })
}
const statuses = (state: ReturnType<typeof start>) =>
  Object.fromEntries([...state.played.model.tasks].map(([name, { status }]) => [name, status]))

describe('a simulation by hand', () => {
  it('shows what waits with what it was given, and ends as it is told, in any order', () => {
    const begun = start()
    expect(begun.waiting).toMatchObject([{ task: 'greet', action: 'core.echo', input: { message: 'Ann' } }])
    const both = end(begun, 'greet', 'succeeded', 'hello')
    expect(both.waiting.map(({ task }) => task)).toEqual(['left', 'right'])
    const joined = end(end(both, 'right'), 'left')
    expect(joined.waiting).toMatchObject([{ task: 'last', input: { message: 'hello' } }])
    const over = end(joined, 'last')
    expect(over).toMatchObject({ status: 'succeeded', output: { said: 'hello' }, waiting: [] })
    expect(statuses(over)).toEqual({ greet: 'succeeded', left: 'succeeded', right: 'succeeded', last: 'succeeded' })
  })

  it('follows the way of a failure, and goes back to before it', () => {
    const begun = start()
    const failed = end(begun, 'greet', 'failed')
    expect(failed.status).toBe('failed')
    expect(statuses(failed)).toEqual({ greet: 'failed' })
    const back = takeBack(failed)
    expect(back.status).toBe('running')
    expect(back.waiting).toEqual(begun.waiting)
    expect(end(back, 'greet').waiting.map(({ task }) => task)).toEqual(['left', 'right'])
  })

  it('asks what the datastore holds, and goes on with the answer', () => {
    const asking = startSimulation({
      definition: `tasks: {a: {action: "core.echo message=<% st2kv('system.place') %>"}}`,
      inputs: {},
      at: 0,
    })
    expect(asking).toMatchObject({ question: { request: { source: 'st2kv', key: 'system.place' } }, waiting: [] })
    expect(answerQuestion(asking, 'Rome').waiting).toMatchObject([{ input: { message: 'Rome' } }])
  })

  it('tells what failed in an expression', () => {
    const state = startSimulation({
      definition: 'tasks: {a: {action: "core.echo message=<% ctx(nothing) %>"}}',
      inputs: {},
      at: 0,
    })
    expect(state.status).toBe('failed')
    expect(state.errors.join()).toContain('nothing')
  })

  it('goes on by itself where everything succeeds, up to its limit, without beginning anew each time', () => {
    const round = startSimulation({
      definition:
        'tasks: {s: {action: core.noop, next: [{do: a}]}, a: {action: core.noop, next: [{do: b}]}, b: {action: core.noop, next: [{do: a}]}}',
      inputs: {},
      at: 0,
    })
    const begun = performance.now()
    const over = endAllWell(round)
    expect(over.events).toHaveLength(MAX_SIMULATED_ENDS)
    expect(performance.now() - begun).toBeLessThan(10_000)
    expect(statuses(endAllWell(end(start(), 'greet', 'succeeded', 'hello')))).toMatchObject({ last: 'succeeded' })
  })

  it('goes back to before what asked a question, and no farther', () => {
    const begun = startSimulation({
      definition: `tasks: {a: {action: core.noop, next: [{do: b}]}, b: {action: "core.echo message=<% st2kv('x') %>"}}`,
      inputs: {},
      at: 0,
    })
    const asking = end(begun, 'a')
    expect(asking.question).not.toBeNull()
    expect(takeBack(asking)).toMatchObject({ question: null, waiting: [{ task: 'a' }] })
  })
})
