import { applyChanges, type TextChange } from '@st2/designer'
import { expect, it } from 'vitest'
import { LineEnds } from './line-ends.ts'

const TEXTS = ['', 'a', 'a\nb\n', 'a\r\nbc\r\n', 'a\r\n\r\nb', 'a\rb\nc\r\nd', '\r\n', '\r\n\r\n']

it('takes every place of the shown text to the text and back', () => {
  for (const text of TEXTS) {
    const ends = new LineEnds(text)
    expect(ends.shown).toBe(text.replace(/\r\n|\r/g, '\n'))
    for (let offset = 0; offset <= ends.shown.length; offset++) {
      const there = ends.toText(offset)
      expect(text.slice(0, there).replace(/\r\n|\r/g, '\n'), `${JSON.stringify(text)} at ${offset}`).toBe(
        ends.shown.slice(0, offset),
      )
      expect(ends.toShown(there)).toBe(offset)
    }
  }
})

it('keeps the line ends of everything that is not typed', () => {
  const text = 'one\r\ntwo\r\nthree\n'
  const type = (change: TextChange) => applyChanges(text, new LineEnds(text).changesToText([change]))
  expect(type({ from: 3, to: 3, insert: '\nmore' }), 'a new line ends like the first one').toBe(
    'one\r\nmore\r\ntwo\r\nthree\n',
  )
  expect(type({ from: 3, to: 4, insert: '' }), 'joins two lines').toBe('onetwo\r\nthree\n')
  expect(type({ from: 13, to: 14, insert: '' })).toBe('one\r\ntwo\r\nthree')
  expect(new LineEnds('none').changesToText([{ from: 0, to: 0, insert: 'a\n' }])).toEqual([
    { from: 0, to: 0, insert: 'a\n' },
  ])
})

it('shows a place within a line end before it', () => {
  expect(new LineEnds('a\r\nb').toShown(2)).toBe(1)
  expect(new LineEnds('ab').toShown(9), 'beyond the end').toBe(2)
})
