import { DesignerEditor } from '@st2/designer'
import { describe, expect, it } from 'vitest'
import { draftGraph } from './draft-graph.ts'
import { edgeLabels } from './edge-label.ts'

const model = (workflow: string) => new DesignerEditor({ workflow, metadata: '' }).state.workflow.model
const drawn = draftGraph(
  model(`
tasks:
  a:
    action: core.noop
    next:
      - when: <% succeeded() %>
        publish: x=<% result() %> y=1 z=2
        do: b, gone
      - when: <% failed() %>
        do: fail
      - do: b
  b: {action: core.noop, next: [{publish: "x=1"}, {do: retry}]}
  alone: {action: core.noop, next: [{do: alone}]}
`),
)

describe('the graph of a workflow as it is written', () => {
  it('has every task, also what nothing leads to, commands of their own, and what is missing', () => {
    expect(drawn.nodes.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      'task a',
      'task b',
      'task alone',
      'missing ?gone',
      'command fail@a.1',
      'command continue@b.0',
      'command retry@b.1',
    ])
  })

  it('has a line for each target of each transition, by the names that runs have for them', () => {
    expect(drawn.edges.map(({ id, transition, lane }) => [id, transition, lane])).toEqual([
      ['a>0>b', 'b__t0', 0],
      ['a>0>?gone', 'gone__t0', 0],
      ['a>1>fail@a.1', 'fail__t0', 0],
      ['a>2>b', 'b__t1', 1],
      ['b>0>continue@b.0', 'continue__t0', 0],
      ['b>1>retry@b.1', null, 0],
      ['alone>0>alone', 'alone__t0', 0],
    ])
  })

  it('says on each line when it is taken and what it sets, and nothing where that goes without saying', () => {
    const labels = edgeLabels(drawn.edges)
    expect([...labels.values()]).toEqual([
      'succeeded · sets x, y +1',
      'succeeded · sets x, y +1',
      'failed',
      'always',
      'sets x',
      '',
      '',
    ])
  })
})
