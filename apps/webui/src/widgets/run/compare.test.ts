import { describe, expect, it } from 'vitest'
import { orquestaGraph } from '../workflow-graph/orquesta-graph.ts'
import { comparedEdges, comparedLooks, compareTasks } from './compare-runs.ts'
import { compareValues, MAX_DIFFERENCES } from './compare-values.ts'
import { runModel } from './run-model.ts'
import { childOf } from './test-executions.ts'

describe('two values', () => {
  it('are told apart as deep as both have parts', () => {
    const left = { same: [1, { a: 2 }], gone: 1, list: [1, 2], deep: { a: { b: 1 }, kept: 1 } }
    const right = { same: [1, { a: 2 }], came: null, list: [1, 3], deep: { kept: 1, a: { b: 2 } } }
    expect(compareValues(left, right).map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'same same',
      'removed gone',
      'changed list[1]',
      'changed deep.a.b',
      'added came',
    ])
    expect(compareValues({ a: 1, b: 2 }, { b: 2, a: 1 }).every(({ kind }) => kind === 'same')).toBe(true)
    expect(compareValues([1], { 0: 1 })).toMatchObject([{ kind: 'changed', path: '' }])
  })

  it('are compared up to a limit', () => {
    const many = (value: number) => Array.from({ length: 1000 }, () => value)
    expect(compareValues(many(1), many(2))).toHaveLength(MAX_DIFFERENCES)
  })
})

describe('two runs', () => {
  const graph = orquestaGraph(
    'version: 1.0\ntasks:\n  a:\n    action: core.noop\n    next:\n      - do: b\n  b: { action: core.noop }\n',
  )
  const left = {
    status: 'failed' as const,
    model: runModel({
      status: 'failed',
      insight: null,
      executions: [
        childOf('a', [
          ['running', 0],
          ['failed', 2],
        ]),
      ],
    }),
  }
  const right = {
    status: 'succeeded' as const,
    model: runModel({
      status: 'succeeded',
      insight: null,
      executions: [
        childOf('a', [
          ['running', 0],
          ['succeeded', 3],
        ]),
        childOf('b', [
          ['running', 3],
          ['succeeded', 4],
        ]),
      ],
    }),
  }
  const pairs = compareTasks(left, right)

  it('differ by what became of their tasks, and by how long they took', () => {
    expect(
      pairs.map(({ task, left: one, right: other }) => [task, one.status, one.seconds, other.status, other.seconds]),
    ).toEqual([
      ['a', 'failed', 2, 'succeeded', 3],
      ['b', 'skipped', null, 'succeeded', 1],
    ])
    expect(pairs.every(({ isDifferent }) => isDifferent)).toBe(true)
  })

  it('are drawn as one', () => {
    const looks = comparedLooks(graph, pairs, 'succeeded', (seconds) => `${seconds} s`)
    expect(looks.get('a')).toMatchObject({ word: 'failed → succeeded', note: '+1 s', icon: 'compare' })
    expect(looks.get('b')).toMatchObject({ word: 'not reached → succeeded', note: '' })
    expect([...comparedEdges(graph, left, right).values()]).toEqual(['refused'])
  })
})
