import { describe, expect, it } from 'vitest'
import { MAX_PRINTING, outputsToFollow } from './outputs-to-follow.ts'

const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `execution ${from + at}`)
const followed = (of: readonly string[]) => new Map(of.map((id) => [id, true]))

describe('outputs in the log of a run', () => {
  it('are those that come first, each once', () => {
    expect(outputsToFollow(ids(0, 4), followed(ids(0, 2)))).toEqual(['execution 2', 'execution 3'])
  })

  it('are never more than a log holds, in whichever order they come later', () => {
    expect(outputsToFollow(ids(0, 1000), followed([]))).toHaveLength(MAX_PRINTING)
    const later = [...ids(500, 1000), ...ids(0, 500)]
    expect(outputsToFollow(later, followed(ids(0, MAX_PRINTING)))).toEqual([])
    expect(outputsToFollow(later, followed(ids(0, MAX_PRINTING - 1)))).toEqual(['execution 500'])
  })
})
