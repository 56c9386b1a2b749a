import { describe, expect, it } from 'vitest'
import { chainGraph } from './chain-graph.ts'
import { conditionOf, orquestaGraph } from './orquesta-graph.ts'
import { layOut } from './layout.ts'
import { linked, neighbour } from './walk.ts'

const DEFINITION = `version: 1.0
tasks:
  start:
    action: core.local cmd="date"
    next:
      - when: <% succeeded() %>
        do: left, right
      - when: <% failed() %>
        do: fail
  left:
    action: core.noop
    with: { items: x in <% ctx(xs) %>, concurrency: 2 }
    next:
      - when: <% succeeded() and ctx(go) %>
        do: both
  right:
    action: core.noop
    retry: { count: 3 }
    next:
      - do: both
  both:
    join: all
    delay: 2
    next:
      - publish: done=true
`

describe('the graph of a workflow', () => {
  const { nodes, edges } = orquestaGraph(DEFINITION)
  const node = (id: string) => nodes.find((one) => one.id === id)

  it('knows joins, items, retries, delays and tasks without an action', () => {
    expect(node('start')).toMatchObject({ action: 'core.local', join: null, items: null })
    expect(node('left')).toMatchObject({ items: 'x in <% ctx(xs) %>' })
    expect(node('right')).toMatchObject({ retries: '3' })
    expect(node('both')).toMatchObject({ join: 'all', delay: '2', action: null })
  })

  it('draws commands of the engine at the task that gives them', () => {
    expect(node('fail@start.0')).toMatchObject({ kind: 'command', command: 'fail' })
    expect(node('continue@both.0')).toMatchObject({ kind: 'command', command: 'continue' })
  })

  it('names transitions as runs do, with their conditions', () => {
    expect(
      edges.map(({ source, target, transition, condition }) => [source, target, transition, condition.kind]),
    ).toEqual(
      expect.arrayContaining([
        ['start', 'left', 'left__t0', 'succeeded'],
        ['start', 'fail@start.0', 'fail__t0', 'failed'],
        ['left', 'both', 'both__t0', 'expression'],
        ['right', 'both', 'both__t0', 'always'],
      ]),
    )
    expect(conditionOf('{{ completed() }}')).toEqual({ kind: 'completed' })
  })

  it('has tasks and transitions in the order of the text', () => {
    const written = orquestaGraph(
      'version: 1.0\ntasks:\n  z: {action: core.noop, next: [{do: "y, b"}, {when: <% failed() %>, do: a}]}\n  y: {action: core.noop}\n  b: {action: core.noop}\n  a: {action: core.noop}\n',
    )
    expect(written.edges.map(({ target }) => target)).toEqual(['y', 'b', 'a'])
    expect(written.nodes.flatMap(({ id, kind }) => (kind === 'task' ? [id] : []))).toEqual(['z', 'y', 'b', 'a'])
  })

  it('shows the command retry, which the graph of the engine keeps in the task', () => {
    const again = orquestaGraph(
      'version: 1.0\ntasks:\n  a:\n    action: core.noop\n    next:\n      - when: <% failed() %>\n        do: retry\n',
    )
    expect(again.nodes.map(({ id }) => id)).toEqual(['a', 'retry@a.0'])
    expect(again.edges).toHaveLength(1)
  })
})

describe('the graph of a chain', () => {
  it('leads on by success and by failure; what a template names is not known yet', () => {
    const chain =
      'chain:\n  - {name: a, ref: p.a, on-success: b, on-failure: c}\n  - {name: b, ref: p.b, on-success: "{{ next }}"}\n  - {name: c, ref: p.c}\n'
    expect(chainGraph(chain).edges.map(({ source, target, condition }) => [source, target, condition.kind])).toEqual([
      ['a', 'b', 'succeeded'],
      ['a', 'c', 'failed'],
    ])
    expect(() => chainGraph('tasks: {}')).toThrow('chain')
  })
})

describe('walking by arrow keys', () => {
  it('goes along the lines before it goes to what only lies there', () => {
    const { nodes, edges } = orquestaGraph(DEFINITION)
    const { nodes: boxes } = layOut({ nodes: nodes.map(({ id }) => ({ id, width: 200, height: 56 })), edges })
    const tasks = new Map([...boxes].filter(([id]) => !id.includes('@')))
    expect(['left', 'right']).toContain(linked(tasks, edges, 'start', 'ArrowDown', 'down'))
    expect(linked(tasks, edges, 'left', 'ArrowDown', 'down')).toBe('both')
    expect(linked(tasks, edges, 'left', 'ArrowUp', 'down')).toBe('start')
    expect(linked(tasks, edges, 'left', 'ArrowRight', 'down'), 'across the lines').toBeNull()
    expect(linked(tasks, edges, 'both', 'ArrowDown', 'down'), 'the end').toBeNull()
  })

  it('goes to the nearest task in that direction, and nowhere from the edge', () => {
    const { nodes, edges } = orquestaGraph(DEFINITION)
    const { nodes: boxes } = layOut({ nodes: nodes.map(({ id }) => ({ id, width: 200, height: 56 })), edges })
    const tasks = new Map([...boxes].filter(([id]) => !id.includes('@')))
    expect(['left', 'right']).toContain(neighbour(tasks, 'start', 'ArrowDown'))
    const [west, east] =
      (boxes.get('left')?.x ?? 0) < (boxes.get('right')?.x ?? 0) ? ['left', 'right'] : ['right', 'left']
    expect(neighbour(tasks, String(west), 'ArrowRight')).toBe(east)
    expect(neighbour(tasks, String(east), 'ArrowRight')).toBeNull()
    expect(neighbour(tasks, 'start', 'ArrowUp')).toBeNull()
    expect(neighbour(tasks, 'unknown', 'ArrowUp')).toBe('start')
  })
})
