import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Outline, outlineResult } from './outline-result.ts'
import { resultLines } from './result-lines.ts'
import { formatResultPath, parseResultPath } from './result-path.ts'
import { type FoundMatches, searchResult } from './search-result.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A text in pieces of so many bytes, which cut characters and escapes anywhere. */
async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

const outline = (value: unknown, path = '$', { offset = 0, limit = 100, size = 7 } = {}): Promise<Outline | null> =>
  outlineResult(pieces(JSON.stringify(value), size), parseResultPath(path), { offset, limit })

const search = (
  value: unknown,
  text: string,
  { from = 0, limit = 100, isCaseSensitive = false, size = 7 } = {},
): Promise<FoundMatches> => searchResult(pieces(JSON.stringify(value), size), { text, from, limit, isCaseSensitive })

const lines = (value: unknown, path: string, { from = 0, limit = 100, size = 7 } = {}) =>
  resultLines(pieces(JSON.stringify(value), size), parseResultPath(path), { from, limit })

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constant('a"b\\c\n\u0001ü𝒳'),
)
const anyJson = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    anyText,
    fc.constantFrom(null, true, false, 0, -1.5e-7, 12_345_678),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(
      anyText.filter((key) => key !== '__proto__'),
      tie('json'),
      { maxKeys: 4 },
    ),
  ),
})).json

/** All values with their paths. */
function* valuesOf(
  value: Json,
  steps: readonly (string | number)[] = [],
): Generator<[readonly (string | number)[], Json]> {
  yield [steps, value]
  if (typeof value !== 'object' || value === null) return
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  for (const [key, inner] of entries) yield* valuesOf(inner as Json, [...steps, key])
}

const typeOf = (value: Json) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)
const countOf = (value: Json) => {
  if (typeof value === 'string') return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : null
}

describe('the outline of a result', () => {
  it('tells of any value what it is, where it stands and what is in it', async () => {
    await fc.assert(
      fc.asyncProperty(anyJson, fc.integer({ min: 1, max: 9 }), async (root, size) => {
        const bytes = Buffer.from(JSON.stringify(root))
        for (const [steps, value] of valuesOf(root)) {
          const found = await outline(root, formatResultPath(steps), { size })
          expect(found).toMatchObject({ path: formatResultPath(steps), type: typeOf(value), count: countOf(value) })
          expect(bytes.toString('utf8', found?.start, found?.end)).toBe(JSON.stringify(value))
          const inner = typeof value === 'object' && value !== null ? Object.entries(value) : []
          expect(found?.children.map(({ key, type, count }) => [String(key), type, count])).toEqual(
            inner.map(([key, child]) => [key, typeOf(child), countOf(child)]),
          )
          for (const { path, start, end } of found?.children ?? [])
            expect(await outline(root, path)).toMatchObject({ path, start, end })
        }
      }),
      { seed: 9, numRuns: 150 },
    )
  })

  it('has pages', async () => {
    const list = Array.from({ length: 25 }, (_, place) => ({ place }))
    const page = await outline({ list }, '$.list', { offset: 10, limit: 5 })
    expect(page?.count).toBe(25)
    expect(page?.children.map(({ key, path }) => [key, path])).toEqual(
      [10, 11, 12, 13, 14].map((key) => [key, `$.list[${key}]`]),
    )
    expect((await outline({ list }, '$.list', { offset: 25 }))?.children).toEqual([])
  })

  it('shows the beginning of scalars', async () => {
    const found = await outline({
      short: 'a\nb',
      long: 'x'.repeat(300),
      number: 1.5e300,
      flag: false,
      none: null,
      list: [1],
    })
    expect(found?.children.map(({ preview, is_whole }) => [preview, is_whole])).toEqual([
      ['a\nb', true],
      ['x'.repeat(200), false],
      ['1.5e+300', true],
      ['false', true],
      ['null', true],
      ['', false],
    ])
  })

  it.each(['$.b', '$.a.b', '$.a[0]', '$[0]', '$.a.x.y', '$.list["0"]', '$.list[2]'])(
    'has nothing at %s',
    async (path) => {
      expect(await outline({ a: { x: 1 }, x: { b: 2 }, list: [1, 2] }, path)).toBeNull()
    },
  )

  it('reads text with spaces in it', async () => {
    const text = ' {\n "a" : [ 1 , { "b" : "c" } ] }\n'
    const found = await outlineResult(pieces(text, 3), ['a', 1], { offset: 0, limit: 9 })
    expect([found?.type, text.slice(found?.start, found?.end), found?.children[0]?.preview]).toEqual([
      'object',
      '{ "b" : "c" }',
      'c',
    ])
  })
})

describe('the search in a result', () => {
  it('finds what a search through all texts finds', async () => {
    await fc.assert(
      fc.asyncProperty(anyJson, fc.constantFrom('a', 'b"', '\\', 'ü', '1', 'nul', '𝒳', '.'), async (root, text) => {
        const expected: unknown[] = []
        const look = (steps: readonly (string | number)[], kind: string, whole: string, isLines: boolean) => {
          for (const [line, content] of (isLines ? whole.split('\n') : [whole]).entries()) {
            const column = content.search(new RegExp(text.replaceAll(/[\\.]/g, '\\$&'), 'iu'))
            if (column !== -1) expected.push([formatResultPath(steps), kind, line, column])
          }
        }
        for (const [steps, value] of valuesOf(root)) {
          const key = steps.at(-1)
          if (typeof key === 'string') look(steps, 'key', key, false)
          if (typeof value !== 'object' || value === null) look(steps, typeOf(value), String(value), true)
        }
        const { matches, next } = await search(root, text, { limit: 1000 })
        expect(matches.map(({ path, kind, line, column }) => [path, kind, line, column])).toEqual(expected)
        expect(next).toBeNull()
      }),
      { seed: 11, numRuns: 300 },
    )
  })

  it('shows the line around', async () => {
    const { matches } = await search({ out: `first\n${'x'.repeat(500)}Error: disk${'y'.repeat(500)}\nlast` }, 'error')
    expect(matches).toHaveLength(1)
    const [match] = matches
    expect(match).toMatchObject({ path: '$.out', kind: 'string', line: 1, column: 500, excerpt_column: 60 })
    expect(match?.excerpt).toBe(`${'x'.repeat(60)}Error: disk${'y'.repeat(129)}`)
  })

  it('minds the case when it is told to', async () => {
    expect(
      (await search(['Error', 'error'], 'error', { isCaseSensitive: true })).matches.map(({ path }) => path),
    ).toEqual(['$[1]'])
  })

  it('goes on where it stopped, and finds everything once', async () => {
    const value = { a: 'x\nx\nno\nx', x: 'x', list: Array.from({ length: 20 }, () => 'axb') }
    const whole = await search(value, 'x', { limit: 1000 })
    const found = []
    let from: number | null = 0
    while (from !== null) {
      const page: FoundMatches = await search(value, 'x', { from, limit: 3 })
      found.push(...page.matches)
      from = page.next
    }
    expect(found).toEqual(whole.matches)
    expect(found).toHaveLength(25)
  })

  it('looks through a line of any length, across its parts', async () => {
    const filler = 'y'.repeat(70_000)
    const value = { out: `${filler}needle${filler}${filler}needle` }
    const { matches } = await search(value, 'needle', { size: 1000 })
    expect(matches.map(({ column }) => column)).toEqual([70_000, 210_006])
    for (const { excerpt, excerpt_column } of matches)
      expect(excerpt.slice(excerpt_column, excerpt_column + 6)).toBe('needle')
  })
})

describe('a string of a result as lines', () => {
  it('is what a split says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', '', 'ü"\\', 'long line')),
        fc.nat(6),
        fc.nat(6),
        async (texts, from, limit) => {
          const text = texts.join('\n')
          const all = text.split('\n')
          if (all.at(-1) === '') all.pop()
          expect(await lines({ out: text, other: 'x\ny' }, '$.out', { from, limit })).toEqual({
            lines: all.slice(from, from + limit),
            cut: [],
            total: all.length,
          })
        },
      ),
      { seed: 12 },
    )
  })

  it('cuts a line that is too long, and says so', async () => {
    const found = await lines(['ok', `a\n${'x'.repeat(10_001)}\nb`], '$[1]', { size: 999 })
    expect(found).toEqual({ lines: ['a', 'x'.repeat(10_000), 'b'], cut: [1], total: 3 })
  })

  it('says what the value is instead', async () => {
    expect([await lines({ a: [1] }, '$.a'), await lines({ a: [1] }, '$.b')]).toEqual(['array', null])
  })
})

describe('a path into a result', () => {
  it.each([
    ['$', []],
    ['$.a.b_c-d', ['a', 'b_c-d']],
    ['$[0][12]', [0, 12]],
    ['$["a \\"b\\" ]"].c', ['a "b" ]', 'c']],
    ['$[""]', ['']],
  ])('%s', (text, steps) => {
    expect(parseResultPath(text)).toEqual(steps)
    expect(formatResultPath(steps)).toBe(text)
  })

  it.each([
    ['', 'path does not begin with $.'],
    ['a.b', 'path does not begin with $.'],
    ['$.', 'path cannot be read from "." on.'],
    ['$a', 'path cannot be read from "a" on.'],
    ['$.a[', 'path cannot be read from "[" on.'],
    ['$[-1]', 'path cannot be read from "[-1]" on.'],
    ['$["\\x"]', 'which is no JSON string'],
    [`$${'.a'.repeat(1001)}`, 'path has more than 1000 steps.'],
    [`$${'.a'.repeat(5000)}`, 'path has 10001 characters'],
  ])('is not %s', (text, message) => {
    expect(() => parseResultPath(text)).toThrow(message)
  })
})
