import { describe, expect, it } from 'vitest'
import { panned, placeIn, ticksOf, zoomed } from './time-axis.ts'

const WHOLE = { start: 1000, end: 11_000 }

describe('the axis of a timeline', () => {
  it('has round ticks since the start', () => {
    expect(ticksOf(1000, WHOLE, 5).map(({ seconds }) => seconds)).toEqual([0, 2, 4, 6, 8, 10])
    expect(ticksOf(1000, { start: 1500, end: 2500 }, 5).map(({ seconds }) => seconds)).toEqual([0.6, 0.8, 1, 1.2, 1.4])
    expect(ticksOf(0, { start: 0, end: 0 }, 5)).toHaveLength(1)
  })

  it('zooms around a point and stays inside of the run', () => {
    expect(zoomed(WHOLE, WHOLE, 2)).toEqual({ start: 3500, end: 8500 })
    expect(zoomed(WHOLE, WHOLE, 2, 0)).toEqual({ start: 1000, end: 6000 })
    expect(zoomed({ start: 1000, end: 6000 }, WHOLE, 0.1)).toEqual(WHOLE)
    expect(zoomed(WHOLE, WHOLE, 1e9).end - zoomed(WHOLE, WHOLE, 1e9).start).toBe(1)
  })

  it('pans to the edges and not beyond', () => {
    expect(panned({ start: 2000, end: 4000 }, WHOLE, 0.5)).toEqual({ start: 3000, end: 5000 })
    expect(panned({ start: 2000, end: 4000 }, WHOLE, -9)).toEqual({ start: 1000, end: 3000 })
  })

  it('places what is in the window and cuts what sticks out', () => {
    expect(placeIn(WHOLE, { start: 2000, end: 3000 })).toEqual({ left: 10, width: 10 })
    expect(placeIn({ start: 2500, end: 4500 }, { start: 2000, end: 3000 })).toEqual({ left: 0, width: 25 })
    expect(placeIn({ start: 4000, end: 5000 }, { start: 2000, end: 3000 })).toBeNull()
  })
})
