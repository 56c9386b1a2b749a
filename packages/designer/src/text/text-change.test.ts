import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyChanges,
  composeChanges,
  diffTexts,
  invertChanges,
  normalizeChanges,
  type TextChange,
} from './text-change.ts'

const SEED = { seed: 10, numRuns: 500 }

/** Changes that fit a text of this length. */
function changesFor(length: number): fc.Arbitrary<TextChange[]> {
  const offsets = fc.array(fc.nat(length), { maxLength: 8 }).map((all) => all.sort((left, right) => left - right))
  return fc
    .tuple(offsets, fc.array(fc.string({ maxLength: 4 }), { minLength: 4, maxLength: 4 }))
    .map(([all, inserts]) => {
      const pairs: TextChange[] = []
      for (let at = 0; at + 1 < all.length; at += 2) {
        pairs.push({ from: all[at] ?? 0, to: all[at + 1] ?? 0, insert: inserts[at / 2] ?? '' })
      }
      return normalizeChanges(pairs)
    })
}

const textAndChanges = fc
  .string({ maxLength: 30 })
  .chain((text) => fc.tuple(fc.constant(text), changesFor(text.length)))
const textAndTwoChanges = textAndChanges.chain(([text, first]) =>
  fc.tuple(fc.constant(text), fc.constant(first), changesFor(applyChanges(text, first).length)),
)

describe('changes of a text', () => {
  it('are taken back by their inverse', () => {
    fc.assert(
      fc.property(textAndChanges, ([text, changes]) => {
        expect(applyChanges(applyChanges(text, changes), invertChanges(text, changes))).toBe(text)
      }),
      SEED,
    )
  })

  it('do as one what two do one after the other', () => {
    fc.assert(
      fc.property(textAndTwoChanges, ([text, first, second]) => {
        const one = composeChanges(first, second)
        expect(applyChanges(text, one)).toBe(applyChanges(applyChanges(text, first), second))
        expect(normalizeChanges(one)).toEqual(one)
      }),
      SEED,
    )
  })

  it('come from two texts', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(applyChanges(before, diffTexts(before, after))).toBe(after)
      }),
      SEED,
    )
    expect(diffTexts('abcd', 'abxd')).toEqual([{ from: 2, to: 3, insert: 'x' }])
    expect(diffTexts('same', 'same')).toEqual([])
  })

  it('put insertions before removals at one place and refuse to overlap', () => {
    const changes = [
      { from: 2, to: 4, insert: '' },
      { from: 2, to: 2, insert: 'x' },
    ]
    expect(normalizeChanges(changes)).toEqual([{ from: 2, to: 4, insert: 'x' }])
    expect(() => normalizeChanges([...changes, { from: 3, to: 5, insert: '' }])).toThrow('overlap')
  })
})
