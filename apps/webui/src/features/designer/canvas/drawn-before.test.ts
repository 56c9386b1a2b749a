import { expect, it } from 'vitest'
import { DrawnBefore } from './drawn-before.ts'

it('gives back what did not change as it was, and the list of it', () => {
  const cache = new DrawnBefore<{ text: string }>()
  const draw = (...texts: string[]) =>
    cache.list(texts.map((text, index) => ({ id: String(index), parts: [text], make: () => ({ text }) })))
  const first = draw('a', 'b')
  expect(draw('a', 'b')).toBe(first)
  const second = draw('a', 'c')
  expect(second).not.toBe(first)
  expect(second[0]).toBe(first[0])
  expect(second[1]).toEqual({ text: 'c' })
  expect(draw('a')).toEqual([{ text: 'a' }])
})
