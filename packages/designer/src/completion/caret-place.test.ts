import { describe, expect, it } from 'vitest'
import { caretPlace } from './caret-place.ts'

/** The place of `‸`. */
function placeOf(marked: string) {
  const offset = marked.indexOf('‸')
  const text = marked.replace('‸', '')
  const { kind, path, from, to, siblings, ...rest } = caretPlace(text, offset)
  return { kind, path, text: text.slice(from, to), siblings: [...siblings].sort(), ...rest }
}

describe('in block style', () => {
  it.each<[string, string, (string | number)[], string]>([
    ['‸', 'key', [], ''],
    ['version: 1.0\nta‸', 'key', [], 'ta'],
    ['tasks:\n  t1:\n    ac‸', 'key', ['tasks', 't1'], 'ac'],
    ['tasks:\n  t1:\n    ‸', 'key', ['tasks', 't1'], ''],
    ['tasks:\n  t1:\n    action: core.lo‸', 'value', ['tasks', 't1', 'action'], 'core.lo'],
    ['tasks:\n  t1:\n    action: ‸', 'value', ['tasks', 't1', 'action'], ''],
    ['tasks:\n  t1:\n    act‸ion: core.local', 'key', ['tasks', 't1'], 'action'],
    ['tasks:\n  t1:\n    next:\n      - ‸', 'key', ['tasks', 't1', 'next', 0], ''],
    ['tasks:\n  t1:\n    next:\n      - when: x\n        d‸', 'key', ['tasks', 't1', 'next', 0], 'd'],
    [
      'tasks:\n  t1:\n    next:\n      - when: x\n      - when: y\n        do: t‸',
      'value',
      ['tasks', 't1', 'next', 1, 'do'],
      't',
    ],
    [
      'tasks:\n  t1:\n    next:\n    - when: x\n      do:\n      - t2\n      - t‸',
      'key',
      ['tasks', 't1', 'next', 0, 'do', 1],
      't',
    ],
    ['tasks:\n  t1:\n    next:\n      - do: t2\n  t2:\n    j‸', 'key', ['tasks', 't2'], 'j'],
    ['tasks:\n  t1:\n    input:\n      a: 1\n      ‸', 'key', ['tasks', 't1', 'input'], ''],
    ['input:\n  - a\n  - b: ‸', 'value', ['input', 1, 'b'], ''],
    ['tasks:\n  t1:\n    action: core.local ‸ # run', 'value', ['tasks', 't1', 'action'], 'core.local '],
  ])('%j', (marked, kind, path, text) => {
    expect(placeOf(marked)).toMatchObject({ kind, path, text })
  })

  it('knows the other keys of the mapping, above and below', () => {
    expect(
      placeOf('tasks:\n  t1:\n    action: a\n    ‸\n    next:\n      - do: x\n  t2:\n    join: all').siblings,
    ).toEqual(['action', 'next'])
    expect(
      placeOf('tasks:\n  t1:\n    next:\n      - when: x\n        ‸\n        do: y\n      - publish: z').siblings,
    ).toEqual(['do', 'when'])
  })

  it('is nowhere in a comment, and not deceived by a sign in a text', () => {
    expect(placeOf("description: it's here # a ‸").kind, 'an apostrophe is no quote').toBe('none')
    expect(placeOf('a: 1 # ‸').kind).toBe('none')
    expect(placeOf('a: "x # ‸"').kind).toBe('value')
    expect(placeOf('a: x#‸').kind).toBe('value')
  })
})

describe('in flow style', () => {
  it.each<[string, string, (string | number)[], string]>([
    ['do: [a, b‸', 'value', ['do', 1], 'b'],
    ['with: {items: x, con‸', 'key', ['with'], 'con'],
    ['with: {items: ‸', 'value', ['with', 'items'], ''],
    ['next: [{when: "a, b", do: [‸', 'value', ['next', 0, 'do', 0], ''],
    ['a: {b: <% {x => 1} %>, ‸', 'key', ['a'], ''],
  ])('%j', (marked, kind, path, word) => {
    expect(placeOf(marked)).toMatchObject({ kind, path, word })
  })

  it('does not take an expression for a collection', () => {
    expect(placeOf('a: {{ ctx(‸')).toMatchObject({ kind: 'value', path: ['a'], isFlow: false })
  })
})
