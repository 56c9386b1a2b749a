import { expect, it } from 'vitest'
import { parseIni } from './ini-file.ts'

const read = (text: string) => parseIni(text, 'st2.conf').entries.map(({ key, value }) => [key, value])

it.each([
  [
    'splits at whichever of = and : comes first',
    'url = amqp://a:b\nhost: a=b',
    [
      ['url', 'amqp://a:b'],
      ['host', 'a=b'],
    ],
  ],
  [
    'keeps what looks like an inline comment',
    'a = b # c\nd = e;f',
    [
      ['a', 'b # c'],
      ['d', 'e;f'],
    ],
  ],
  [
    'removes one pair of quotes',
    `a = "x y"\nb = 'q'\nc = "half`,
    [
      ['a', 'x y'],
      ['b', 'q'],
      ['c', '"half'],
    ],
  ],
  [
    'joins indented lines to the value above',
    'a = 1,\n  2,\n\t3\nb = 4',
    [
      ['a', '1,\n2,\n3'],
      ['b', '4'],
    ],
  ],
  ['skips comment lines', '# no\n; no\na = 1', [['a', '1']]],
  [
    'reads an empty value as empty',
    'a =\nb = ',
    [
      ['a', ''],
      ['b', ''],
    ],
  ],
  [
    'reads Windows line ends',
    'a = 1\r\nb = 2\r\n',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
])('%s', (_name, text, expected) => {
  expect(read(`[s]\n${text}`)).toEqual(expected)
})

it('keeps the line of a key whose value goes on', () => {
  expect(parseIni('[s]\n\na = 1\n  2\n', 'f').entries).toEqual([{ section: 's', key: 'a', value: '1\n2', line: 3 }])
})

it.each([
  ['[s]\nno assignment', 'st2.conf:2: no ":" or "=" found'],
  ['[s\na = 1', 'st2.conf:1: the section header has no closing "]"'],
  ['[]', 'st2.conf:1: the section header has no name'],
  ['a = 1', 'st2.conf:1: "a" stands before the first [section]'],
  ['[s]\n= 1', 'st2.conf:2: the option has no name'],
  ['[s]\n\n  more', 'st2.conf:3: unexpected continuation line'],
])('refuses %j and names the line', (text, message) => {
  expect(() => parseIni(text, 'st2.conf')).toThrow(message)
})
