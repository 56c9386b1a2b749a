import { describe, expect, it, vi } from 'vitest'
import { LoadedPieces, type Piece } from './lazy-list.ts'

type Load = (from: number, limit: number) => Promise<Piece<number>>

const hundreds = (from: number, limit: number) =>
  Promise.resolve({ items: Array.from({ length: limit }, (_, offset) => from + offset), total: 100_000 })

describe('LoadedPieces', () => {
  it('asks once for the piece that holds what is looked at', async () => {
    const load = vi.fn<Load>(hundreds)
    const list = new LoadedPieces(100, 0, load)
    expect(list.at(250)).toBeUndefined()
    expect(list.at(299)).toBeUndefined()
    await vi.waitFor(() => expect(list.at(250)).toBe(250))
    expect(load.mock.calls).toEqual([[200, 100]])
    expect(list.count).toBe(100_000)
  })

  it('lets go of what was looked at longest ago', async () => {
    const load = vi.fn<Load>(hundreds)
    const list = new LoadedPieces(100, 0, load)
    for (let piece = 0; piece <= 60; piece++) {
      list.at(piece * 100)
      await vi.waitFor(() => expect(list.at(piece * 100)).toBe(piece * 100), { interval: 1 })
    }
    list.at(0)
    expect(load).toHaveBeenCalledTimes(62)
  })

  it('says why nothing comes, and does not ask again and again', async () => {
    const load = vi.fn<Load>(() => Promise.reject(new Error('it is gone')))
    const list = new LoadedPieces(100, 0, load)
    list.at(0)
    await vi.waitFor(() => expect(list.failure).toBe('it is gone'))
    list.at(0)
    expect(load).toHaveBeenCalledTimes(1)
  })
})
