import { expect, it } from 'vitest'
import { TextInEditor } from './text-in-editor.ts'

it('takes late answers of the owner for what they are', () => {
  const text = new TextInEditor('a')
  text.type([{ from: 1, to: 1, insert: 'b' }])
  text.type([{ from: 2, to: 2, insert: 'c' }])
  expect(text.isNews('ab'), 'the answer to the first key, after the second').toBe(false)
  expect(text.isNews('abc')).toBe(false)
  expect(text.isNews('ab'), 'the same text once more is an undo').toBe(true)
  expect(text.replaceBy('ab')).toBe('ab')
})

it('tells changes in offsets of the text as it is written', () => {
  const text = new TextInEditor('a\r\nb')
  expect(text.shown).toBe('a\nb')
  expect(text.type([{ from: 3, to: 3, insert: '\nc' }])).toEqual([{ from: 4, to: 4, insert: '\r\nc' }])
  expect(text.shown).toBe('a\nb\nc')
})
