import { describe, expect, it } from 'vitest'
import { withinSize } from './within-size.ts'

const VALUES = new Map<string, unknown>([
  ['contexts.0', { a: 1 }],
  ['contexts.1', { text: 'x'.repeat(100) }],
  ['contexts.2', { text: 'ä'.repeat(60) }],
  ['output', null],
])

describe('values within a size', () => {
  it('are all there when they fit', () => {
    const { kept, omitted } = withinSize(VALUES, 10_000)
    expect(kept).toEqual(VALUES)
    expect([...kept.keys()]).toEqual([...VALUES.keys()])
    expect(omitted).toEqual([])
  })

  it('lose the largest first, by bytes, and say how large it was', () => {
    const { kept, omitted } = withinSize(VALUES, 200)
    expect(omitted).toEqual([{ place: 'contexts.2', size: 131, names: ['text'] }])
    expect(kept.get('contexts.2')).toBeNull()
    expect(kept.get('contexts.1')).toEqual(VALUES.get('contexts.1'))
  })

  it('lose as many as it takes, and are named in their order', () => {
    const { kept, omitted } = withinSize(VALUES, 20)
    expect(omitted.map(({ place }) => place)).toEqual(['contexts.1', 'contexts.2'])
    expect(kept.get('contexts.0')).toEqual({ a: 1 })
  })
})
