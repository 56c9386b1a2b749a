import { describe, expect, it } from 'vitest'
import { startWorkflows } from './workflow-kit.ts'

describe('a workflow', () => {
  it('runs its tasks one after the other and answers its output', async () => {
    await using bench = await startWorkflows()
    await bench.define(
      'greet',
      `
version: 1.0
input: [name]
vars: [{greeting: null}]
tasks:
  first:
    action: test.echo value=<% ctx(name) %>
    next: [{when: <% succeeded() %>, publish: greeting=<% result().value %>, do: second}]
  second:
    action: test.noop
    next: [{when: <% succeeded() %>, do: third}]
  third:
    action: test.echo
    input: {value: 'Hello, {{ ctx("greeting") }}'}
    next: [{publish: greeting=<% result().value %>}]
output: [{greeting: <% ctx(greeting) %>}]
`,
      { parameters: { name: { type: 'string' } } },
    )
    const { id } = await bench.run('greet', { name: 'Ann' })
    const ended = await bench.ended(id)
    expect(await bench.result(ended)).toEqual({ output: { greeting: 'Hello, Ann' } })
    expect(ended.status).toBe('succeeded')
    const children = await bench.children(id)
    expect(children.map(({ action_ref, status }) => `${action_ref} ${status}`)).toEqual([
      'test.echo succeeded',
      'test.noop succeeded',
      'test.echo succeeded',
    ])
    expect(bench.test.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })
})
