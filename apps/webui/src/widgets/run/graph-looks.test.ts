import { describe, expect, it } from 'vitest'
import { chainGraph } from '../workflow-graph/chain-graph.ts'
import { orquestaGraph } from '../workflow-graph/orquesta-graph.ts'
import { countingLooks, edgeStates, graphLooks } from './graph-looks.ts'
import { runModel } from './run-model.ts'
import { NOT_SHOWN, stepVariables } from './step-variables.ts'
import { childOf } from './test-executions.ts'

const GRAPH = orquestaGraph(`version: 1.0
tasks:
  each:
    action: core.noop
    with: x in <% ctx(xs) %>
    next:
      - when: <% succeeded() %>
        do: done
      - when: <% failed() %>
        do: [undo, fail]
  done: { action: core.noop }
  undo: { action: core.noop }
`)

const insight = {
  sequence: [
    {
      id: 'each',
      route: 0,
      status: 'failed',
      contexts: { in: [0, 1], out: { undo__t0: 2 } },
      prev: {},
      next: { done__t0: false, undo__t0: true, fail__t0: true },
    },
  ],
  tasks: [{ id: 'each-1', task_id: 'each', itemized: true, items_count: 3 }],
}
const executions = [childOf('each', [['succeeded', 1]], { item: 0 }), childOf('each', [['failed', 2]], { item: 1 })]

describe('a run on its graph', () => {
  const model = runModel({ status: 'failed', executions, insight })

  it('counts items, and marks what was not reached', () => {
    const looks = graphLooks(GRAPH, model, 'failed')
    expect(looks.get('each')).toMatchObject({ items: { done: 2, bad: 1, total: 3 }, isFaint: false })
    expect(looks.get('done')).toMatchObject({ word: 'not reached', isFaint: true })
    expect(graphLooks(GRAPH, model, 'running').get('done')).toMatchObject({ word: 'not started', isFaint: false })
  })

  it('says no number of items while they are still being loaded', () => {
    const looks = countingLooks(graphLooks(GRAPH, model, 'failed'))
    expect(looks.get('each')).toMatchObject({ items: null, word: 'counting its items' })
    expect(looks.get('done')).toMatchObject({ word: 'not reached' })
  })

  it('tells transitions that were taken from those that were not', () => {
    expect(Object.fromEntries(edgeStates(GRAPH, model, 'failed'))).toEqual({
      'each>done__t0': 'refused',
      'each>undo__t0': 'taken',
      'each>fail__t0': 'taken',
    })
    const nothing = runModel({ status: 'running', executions: [], insight: null })
    expect([...edgeStates(GRAPH, nothing, 'running').values()]).toEqual(['open', 'open', 'open'])
  })

  it('calls no transition refused that the workflow has not told of yet, though the run is over', () => {
    const sequence = insight.sequence.map((entry) => ({ ...entry, next: {} }))
    const early = runModel({ status: 'failed', executions, insight: { ...insight, sequence } })
    expect([...edgeStates(GRAPH, early, 'failed').values()]).toEqual(['open', 'open', 'open'])
  })

  it('reads the way through a chain from the order of its tasks', () => {
    const chain = chainGraph(
      'chain:\n  - {name: a, ref: p.a, on-success: b, on-failure: c}\n  - {name: b, ref: p.b}\n  - {name: c, ref: p.c}\n',
    )
    const ran = [
      childOf('a', [['failed', 1]], { chain: true, id: 'x' }),
      childOf('c', [['succeeded', 2]], { chain: true, id: 'y' }),
    ]
    const states = edgeStates(chain, runModel({ status: 'succeeded', executions: ran, insight: null }), 'succeeded')
    expect(Object.fromEntries(states)).toEqual({ 'a>succeeded': 'refused', 'a>failed': 'taken' })
  })
})

describe('variables of a step', () => {
  it('merges mappings, hides what is internal, and masks secrets wherever they stand', () => {
    const contexts = [
      { st2: { user: 'x' }, parent: {}, password: 'open sesame', map: { a: 1 }, __state: {} },
      { map: { b: 2 }, told: { by: 'open sesame' } },
      { copy: ['open sesame'] },
    ]
    const { before, published } = stepVariables(
      { contexts, omitted: [], sequence: insight.sequence, input: { password: 'open sesame' } },
      0,
      new Set(['password']),
    )
    expect(before).toEqual({ password: '********', map: { a: 1, b: 2 }, told: { by: '********' } })
    expect(published).toEqual({ copy: ['********'] })
  })

  it('does not show an old value for one that the server left out', () => {
    const { before, omittedSize } = stepVariables(
      {
        contexts: [{ map: { a: 1 }, kept: 1 }, null],
        omitted: [{ place: 'contexts.1', size: 3_000_000, names: ['map', 'text'] }],
        sequence: insight.sequence,
        input: {},
      },
      0,
      new Set(),
    )
    expect(before).toEqual({ map: NOT_SHOWN, text: NOT_SHOWN, kept: 1 })
    expect(omittedSize).toBe(3_000_000)
  })
})
