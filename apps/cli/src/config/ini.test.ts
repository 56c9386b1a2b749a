import { expect, it } from 'vitest'
import { formatIni, parseIni } from './ini.ts'

it('reads sections, both separators, comments, continued values and a percent sign', () => {
  const ini = parseIni('# c\n[A]\nKey = 50%\nother: x = y\n; c\n\n[B]\nlong = 1\n  2\nempty =\n', 'config')
  expect([...ini].map(([name, keys]) => [name, Object.fromEntries(keys)])).toEqual([
    ['A', { key: '50%', other: 'x = y' }],
    ['B', { long: '1\n2', empty: '' }],
  ])
  expect(parseIni(formatIni(ini), 'config')).toEqual(ini)
})

it('names the file and the line of what it cannot read', () => {
  expect(() => parseIni('[a]\nnothing\n', '/x/config')).toThrow(
    '/x/config, line 2: expected "key = value", found "nothing"',
  )
  expect(() => parseIni('a = 1\n', '/x/config')).toThrow('/x/config, line 1: "a" stands before the first [section]')
})
