import { describe, expect, it } from 'vitest'
import { edgePath, routedPath } from './edge-path.ts'

const FROM = { x: 100, y: 100 }

describe('a line between two boxes', () => {
  it('leads down by the shortest way, with its words in the middle', () => {
    const { path, label } = edgePath(FROM, { x: 300, y: 200 }, 0)
    expect(path).toBe('M100,100 C100,150 300,150 300,200')
    expect(label).toEqual({ x: 200, y: 150 })
  })

  it('keeps from others that lead the same way', () => {
    const labels = [0, 1, 2, 3].map((lane) => edgePath(FROM, { x: 100, y: 300 }, lane).label.x)
    expect(new Set(labels).size).toBe(4)
  })

  it('leads back up and to itself round the side of the boxes', () => {
    const { path, label } = edgePath(FROM, { x: 100, y: 42 }, 0)
    expect(label.x).toBeGreaterThan(100 + 216 / 2)
    expect(path.startsWith('M100,100')).toBe(true)
    expect(path.endsWith('L100,42')).toBe(true)
  })
})

describe('a line on the way of the layout', () => {
  it('goes through its bends, from box to box', () => {
    const route = [FROM, { x: 250, y: 150 }, { x: 300, y: 200 }]
    const { path, label } = routedPath(FROM, { x: 300, y: 200 }, route, { x: 250, y: 150 })
    expect(path).toContain('250,150')
    expect(label).toEqual({ x: 250, y: 150 })
  })

  it('is straight where the layout is only off the grid', () => {
    const to = { x: 104, y: 200 }
    const { path } = routedPath(FROM, to, [FROM, { x: 108, y: 150 }, to], null)
    expect(path).toBe('M100,100 C100,150 104,150 104,200')
  })

  it('leads up from the upper edge to the lower one', () => {
    const { path } = routedPath(
      { x: 100, y: 300 },
      { x: 100, y: 100 },
      [
        { x: 90, y: 242 },
        { x: 80, y: 200 },
        { x: 90, y: 158 },
      ],
      null,
    )
    expect(path.startsWith('M90,242')).toBe(true)
    expect(path.endsWith('90,158')).toBe(true)
  })
})
