import { DesignerEditor } from '@st2/designer'
import { describe, expect, it } from 'vitest'
import { alignTasks } from './align.ts'
import { draftGraph } from './draft-graph.ts'
import { GRID, type Places, placeTasks } from './places.ts'
import { walkGraph } from './walk-graph.ts'

function picture(workflow: string, before?: Places) {
  const { model } = new DesignerEditor({ workflow, metadata: '' }).state.workflow
  const graph = draftGraph(model)
  return { graph, ...placeTasks(graph, model.tasks, before) }
}

const DIAMOND = `
tasks:
  a: {action: core.noop, next: [{do: "b, c"}]}
  b: {action: core.noop, next: [{do: d}]}
  c: {action: core.noop, next: [{do: d}]}
  d: {action: core.noop, join: all}
`
const PLACED = `
tasks:
  # [400, 300]
  a:
    action: core.noop
    next: [{do: b}]
  b:
    action: core.noop
`

describe('where tasks are drawn', () => {
  it('is in layers and on the grid while none has a position', () => {
    const { places, routes } = picture(DIAMOND)
    const at = (name: string) => places.get(name) ?? { x: Number.NaN, y: Number.NaN }
    expect(at('a').y).toBeLessThan(at('b').y)
    expect(at('b').y).toBe(at('c').y)
    expect(at('d').y).toBeGreaterThan(at('c').y)
    for (const { x, y } of places.values()) expect([x % GRID, y % GRID].map(Math.abs)).toEqual([0, 0])
    expect(routes.size).toBe(4)
  })

  it('is where it is written, and below it for what follows and has none', () => {
    const { places, routes } = picture(PLACED)
    expect(places.get('a')).toEqual({ x: 400, y: 300 })
    expect(places.get('b')?.y).toBeGreaterThan(300)
    expect(Math.abs((places.get('b')?.x ?? 0) - 400)).toBeLessThan(GRID)
    expect(routes.size).toBe(0)
  })

  it('stays for the others when one is moved for the first time', () => {
    const before = picture(DIAMOND).places
    const moved = picture(DIAMOND.replace('  b:', '  # [1000, 700]\n  b:'), before).places
    expect(moved.get('b')).toEqual({ x: 1000, y: 700 })
    for (const name of ['a', 'c', 'd']) expect(moved.get(name)).toEqual(before.get(name))
  })

  it('keeps the ways of the layout between tasks that stand where it would put them', () => {
    const { places } = picture(DIAMOND)
    const arranged = DIAMOND.replaceAll(/^ {2}(\w):/gm, (line, name: string) => {
      const { x, y } = places.get(name) ?? { x: 0, y: 0 }
      return `  # [${x}, ${y}]\n${line}`
    })
    expect([...picture(arranged).routes.keys()]).toHaveLength(4)
    const moved = picture(arranged.replace(/# \[[^\]]*\]\n {2}b/, '# [1000, 40]\n  b'))
    expect([...moved.routes.keys()]).toEqual(['a>0>c', 'c>0>d'])
  })

  it('never lies over another task', () => {
    const { places } = picture(PLACED.replace('b}]', 'b}, {do: c}]') + '  c: {action: core.noop}\n')
    const [b, c] = [places.get('b'), places.get('c')]
    expect(b).not.toEqual(c)
  })
})

it('is fast, and without boxes over each other, where everything leads everywhere', () => {
  const tasks = Array.from({ length: 300 }, (_, index) => {
    const far = (index * 7 + 3) % 300
    return `  t${index}: {action: core.noop, next: [{when: <% failed() %>, do: t${far}}, {do: t${(index + 1) % 300}}]}`
  })
  const start = performance.now()
  const { places } = picture(`tasks:\n${tasks.join('\n')}\n`)
  expect(performance.now() - start).toBeLessThan(2000)
  expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(300)
})

describe('walking by arrow keys', () => {
  const { graph, places } = picture(DIAMOND)
  it.each([
    ['b', 'ArrowUp', 'a'],
    ['b', 'ArrowDown', 'd'],
    ['d', 'ArrowDown', null],
  ] as const)('from %s by %s to %s', (from, arrow, to) => expect(walkGraph(graph, places, from, arrow)).toBe(to))

  it('goes to and fro between siblings', () => {
    const left = (places.get('b')?.x ?? 0) < (places.get('c')?.x ?? 0) ? ['b', 'c'] : ['c', 'b']
    expect(walkGraph(graph, places, left[0] ?? '', 'ArrowRight')).toBe(left[1])
    expect(walkGraph(graph, places, left[1] ?? '', 'ArrowLeft')).toBe(left[0])
  })
})

it('puts tasks in line, or at the same distance', () => {
  const places: Places = new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 500, y: 40 }],
    ['c', { x: 700, y: 20 }],
  ])
  expect(alignTasks(places, ['a', 'b', 'c'], 'top')).toMatchObject({ b: { x: 500, y: 0 }, c: { x: 700, y: 0 } })
  expect(alignTasks(places, ['a', 'b', 'c'], 'spread-x')).toMatchObject({ a: { x: 0 }, b: { x: 360 }, c: { x: 700 } })
  expect(alignTasks(places, ['a'], 'left')).toEqual({})
})
