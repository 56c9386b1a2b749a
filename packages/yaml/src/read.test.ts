import { describe, expect, it } from 'vitest'
import { parseYaml } from './read.ts'
import { YamlError } from './yaml-error.ts'

describe('parseYaml', () => {
  it('names source, line and column of a fault', () => {
    const error = faultOf('a: 1\nb: [1,\n  2\nc: 3\n', 'actions/x.yaml')
    expect(error).toMatchObject({
      line: 4,
      column: 2,
      source: 'actions/x.yaml',
      reason: "did not find expected ',' or ']'",
    })
    expect(error.message).toBe(`Invalid YAML in "actions/x.yaml", line 4, column 2: ${error.reason}`)
    expect(faultOf('a: @b').message).toBe('Invalid YAML, line 1, column 4: found character that cannot start any token')
  })

  it('explains an expression without quotes', () => {
    expect(faultOf('a: {{ x }}').reason).toBe('found unhashable key')
    expect(faultOf('a: {{ x }} y')).toMatchObject({ reason: 'found unhashable key', line: 1, column: 5 })
  })

  it('puts merged keys first and lets own keys win', () => {
    const text = 'base: &b {x: 1, y: 2}\nd:\n  z: 0\n  y: 3\n  <<: *b\n'
    expect(JSON.stringify(parseYaml(text))).toBe('{"base":{"x":1,"y":2},"d":{"x":1,"y":3,"z":0}}')
  })

  it('makes __proto__ a key like others, also when it is merged', () => {
    const value = parseYaml('a: &a {__proto__: {x: 1}}\nb: {<<: *a}\n')
    expect(JSON.stringify(value)).toBe('{"a":{"__proto__":{"x":1}},"b":{"__proto__":{"x":1}}}')
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })

  it('refuses a document that its aliases blow up, before it hands anything out', () => {
    const letters = 'abcdefghi'.split('')
    const lines = letters.map((letter, index) =>
      index === 0
        ? 'a: &a [x]'
        : `${letter}: &${letter} [${Array(10)
            .fill(`*${letters[index - 1]}`)
            .join(',')}]`,
    )
    expect(() => parseYaml(lines.join('\n'))).toThrow(/more than 2000000 nodes with its aliases written out/)
    expect(() => parseYaml('a: &a [1, 2]\nb: [*a, *a]\n', { maxNodes: 8 })).toThrow(YamlError)
    expect(parseYaml('a: &a [1, 2]\nb: [*a, *a]\n', { maxNodes: 13 })).toEqual({
      a: [1, 2],
      b: [
        [1, 2],
        [1, 2],
      ],
    })
  })

  it('counts merged keys as nodes', () => {
    const text = `a: &a {x: 1, y: 2}\nb: [${Array(50).fill('{<<: *a}').join(',')}]\n`
    expect(() => parseYaml(text, { maxNodes: 200 })).toThrow(/nodes/)
  })

  it('refuses nesting without end, in flow and in block style', () => {
    for (const text of ['['.repeat(100_000), '- '.repeat(100_000), '{a: '.repeat(100_000), '? '.repeat(100_000)]) {
      expect(() => parseYaml(text)).toThrow(/nested deeper than 200 levels/)
    }
    expect(parseYaml('[[[1]]]', { maxDepth: 3 })).toEqual([[[1]]])
    expect(() => parseYaml('[[[[1]]]]', { maxDepth: 3 })).toThrow(YamlError)
  })

  it('reads flow collections that close at the column of their key', () => {
    expect(parseYaml('a:\n  enum: [\n    x,\n    y\n  ]\n  other: {\n  z: 1\n  }\n')).toEqual({
      a: { enum: ['x', 'y'], other: { z: 1 } },
    })
  })

  it('refuses what JavaScript strings can hold and UTF-8 cannot', () => {
    expect(() => parseYaml('a: "\uD800"')).toThrow(/special characters are not allowed/)
  })
})

function faultOf(text: string, source?: string): YamlError {
  try {
    parseYaml(text, source === undefined ? {} : { source })
  } catch (error) {
    if (error instanceof YamlError) return error
    throw error
  }
  return expect.unreachable()
}
