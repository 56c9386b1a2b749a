import { describe, expect, it } from 'vitest'
import { fitZoom, layOut } from './layout.ts'
import type { LayoutInput } from './layout-shape.ts'

const box = (id: string) => ({ id, width: 200, height: 56 })
const edge = (source: string, target: string) => ({ id: `${source}>${target}`, source, target })
const DIAMOND: LayoutInput = {
  nodes: ['a', 'b', 'c', 'd'].map(box),
  edges: [edge('a', 'b'), edge('a', 'c'), edge('b', 'd'), edge('c', 'd')],
}

describe('a layered layout', () => {
  it('puts what follows below, and siblings side by side', () => {
    const { nodes } = layOut(DIAMOND)
    const place = (id: string) => nodes.get(id) ?? { x: Number.NaN, y: Number.NaN }
    expect(place('a').y).toBeLessThan(place('b').y)
    expect(place('b').y).toBe(place('c').y)
    expect(place('c').y).toBeLessThan(place('d').y)
    expect(Math.abs(place('b').x - place('c').x)).toBeGreaterThanOrEqual(200)
  })

  it.each(['down', 'right'] as const)('has what follows in the order of the text, leading %s', (direction) => {
    const { nodes } = layOut(
      {
        nodes: ['a', 'late', 'early', 'join', 'aside', 'fail'].map(box),
        edges: [edge('a', 'early'), edge('a', 'late'), edge('a', 'fail'), edge('late', 'aside'), edge('early', 'join')],
      },
      direction,
    )
    const across = (id: string) => nodes.get(id)?.[direction === 'down' ? 'x' : 'y']
    for (const [first, second] of [['early', 'late'] as const, ['late', 'fail'] as const, ['join', 'aside'] as const])
      expect(across(first)).toBeLessThan(across(second) ?? Number.NaN)
  })

  it('changes that order where lines would cross', () => {
    const { nodes } = layOut({
      nodes: ['a', 'b', 'c', 'd'].map(box),
      edges: [edge('a', 'd'), edge('b', 'c')],
    })
    expect(nodes.get('a')?.x).toBeLessThan(nodes.get('b')?.x ?? 0)
    expect(nodes.get('d')?.x).toBeLessThan(nodes.get('c')?.x ?? 0)
  })

  it('leads to the right when it is asked to', () => {
    const { nodes, direction } = layOut(DIAMOND, 'right')
    expect(direction).toBe('right')
    expect(nodes.get('a')?.x).toBeLessThan(nodes.get('b')?.x ?? 0)
    expect(nodes.get('b')?.x).toBe(nodes.get('c')?.x)
  })

  it('keeps boxes apart and inside, and gives every line a way, in a cycle and to itself too', () => {
    const input: LayoutInput = {
      nodes: DIAMOND.nodes,
      edges: [...DIAMOND.edges, edge('d', 'a'), edge('b', 'b'), { ...edge('a', 'b'), id: 'again' }],
    }
    const { nodes, edges, width, height } = layOut(input)
    const boxes = [...nodes.values()]
    for (const one of boxes) {
      expect(one.x).toBeGreaterThanOrEqual(0)
      expect(one.x + one.width).toBeLessThanOrEqual(width)
      expect(one.y + one.height).toBeLessThanOrEqual(height)
      expect(boxes.filter((other) => other !== one && overlaps(one, other))).toEqual([])
    }
    expect([...edges.keys()]).toEqual(input.edges.map(({ id }) => id))
    for (const { points } of edges.values()) expect(points.length).toBeGreaterThan(1)
  })

  it.each(['down', 'right'] as const)('leads a way to itself round the side of the box (%s)', (direction) => {
    const label = { width: 60, height: 16 }
    const input: LayoutInput = { nodes: DIAMOND.nodes, edges: [...DIAMOND.edges, { ...edge('b', 'b'), label }] }
    for (const { nodes, edges, width, height } of [
      layOut(input, direction),
      layOut({ ...input, edges: [edge('b', 'b')] }, direction),
    ]) {
      const box = nodes.get('b')
      const points = edges.get('b>b')?.points ?? []
      if (box === undefined) throw new Error('no box')
      const [first, last] = [points[0], points.at(-1)]
      const isDown = direction === 'down'
      expect(isDown ? first?.y : first?.x, 'it leaves where others do').toBe(
        isDown ? box.y + box.height : box.x + box.width,
      )
      expect(isDown ? last?.y : last?.x, 'and comes where others come').toBe(isDown ? box.y : box.x)
      const inside = points.filter(
        ({ x, y }) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height,
      )
      expect(inside).toEqual([])
      expect(points.filter(({ x, y }) => x < 0 || y < 0 || x > width || y > height)).toEqual([])
    }
  })

  it('leaves out what leads nowhere, keeps words free of lines, and is the same every time', () => {
    const label = { width: 60, height: 16 }
    const input = { nodes: DIAMOND.nodes, edges: [edge('a', 'gone'), { ...edge('a', 'b'), label }] }
    const first = layOut(input)
    expect([...first.edges.keys()]).toEqual(['a>b'])
    expect(first.edges.get('a>b')?.label).not.toBeNull()
    expect(layOut(input)).toEqual(first)
  })

  it('answers for nothing, and for 300 tasks fast', () => {
    expect(layOut({ nodes: [], edges: [] }).nodes.size).toBe(0)
    const ids = Array.from({ length: 300 }, (_, index) => `t${index}`)
    const edges = ids.slice(1).map((id, index) => edge(`t${Math.floor(index / 2)}`, id))
    const start = performance.now()
    expect(layOut({ nodes: ids.map(box), edges }).nodes.size).toBe(300)
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it.each(['down', 'right'] as const)('is fast where everything leads everywhere, %s', (direction) => {
    const ids = Array.from({ length: 300 }, (_, index) => `t${index}`)
    const label = { width: 60, height: 16 }
    const edges = ids.flatMap((id, index) => [
      { ...edge(id, `t${(index * 7 + 3) % 300}`), id: `far ${id}`, label },
      edge(id, `t${(index + 1) % 300}`),
    ])
    const start = performance.now()
    const layout = layOut({ nodes: ids.map(box), edges }, direction)
    expect(performance.now() - start).toBeLessThan(500)
    expect(layout.isPlain).toBe(true)
    expect(layout.edges.size).toBe(600)
    const boxes = [...layout.nodes.values()]
    expect(boxes.filter((one) => boxes.some((other) => other !== one && overlaps(one, other)))).toEqual([])
    for (const { x, y, width, height } of boxes) {
      expect([width, height]).toEqual([200, 56])
      expect(x + width <= layout.width && y + height <= layout.height && x >= 0 && y >= 0).toBe(true)
    }
  })
})

it('is drawn as large as its room lets it, and never larger than it is', () => {
  const layout = layOut(DIAMOND)
  expect(fitZoom(layout, { width: layout.width / 2, height: 10_000 })).toBe(0.5)
  expect(fitZoom(layout, { width: 10_000, height: 10_000 })).toBe(1)
})

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
