import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ArgumentNode } from './ast.ts'
import { YaqlGrammarError } from './errors.ts'
import { parseExpression } from './parser.ts'
import { printYaql } from './print.ts'

const RUNS = { seed: 20_260_101, numRuns: 1_000 }

/** A tree without its places. */
function shape(node: ArgumentNode): unknown {
  switch (node.kind) {
    case 'constant':
      return ['constant', node.value, node.keyword]
    case 'variable':
      return ['variable', node.name]
    case 'group':
      return ['group', shape(node.inner)]
    case 'rule':
      return ['rule', shape(node.source), shape(node.destination)]
    case 'skipped':
      return ['skipped']
    case 'call':
      return ['call', node.name, node.isWritten, node.args.map(shape)]
  }
}

function reprinted(source: string): void {
  const tree = parseExpression(source)
  const text = printYaql(tree)
  expect({ text, tree: shape(parseExpression(text)) }).toEqual({ text, tree: shape(tree) })
  expect(printYaql(parseExpression(text))).toBe(text)
}

const BINARY = [
  '.',
  '?.',
  '=~',
  '!~',
  '*',
  '/',
  'mod',
  '+',
  '-',
  '>',
  '<',
  '>=',
  '<=',
  '!=',
  '=',
  'in',
  'and',
  'or',
  '->',
]
const NAMES = ['a', 'len', 'and', 'true', 'x1', 'größe', '_b']

const quotedText = fc
  .tuple(
    fc.constantFrom("'", '"', '`'),
    fc.array(fc.constantFrom('a', '\\\\', '\\n', '\\q', ' ', '$', 'é', '😀', "\\'", '\\u00e9')),
  )
  .map(([quote, parts]) => quote + parts.join('') + quote)

const number = fc.oneof(
  fc.nat().map(String),
  fc.tuple(fc.nat(), fc.nat()).map(([whole, part]) => `${whole}.${part}`),
  fc.constantFrom(
    '0.0',
    '5.0',
    '0.00000000001',
    '123456789012345678901234567890',
    '12345678901234567890123.5',
    `${'9'.repeat(400)}.5`,
  ),
)

const { expression } = fc.letrec<{ expression: string; list: string; primary: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('primary'),
    fc.tuple(tie('expression'), fc.constantFrom(...BINARY), tie('expression')).map((parts) => parts.join(' ')),
    fc.tuple(fc.constantFrom('-', '+', 'not '), tie('expression')).map((parts) => parts.join('')),
    fc.tuple(tie('expression'), tie('list')).map(([of, list]) => `${of}[${list}]`),
    fc
      .tuple(tie('expression'), fc.constantFrom('len', 'x1'), tie('list'))
      .map(([of, name, list]) => `${of}.${name}(${list})`),
  ),
  list: fc
    .tuple(
      fc.array(fc.tuple(fc.nat(2), tie('expression')), { maxLength: 2 }),
      fc.array(fc.tuple(tie('expression'), tie('expression')), { maxLength: 2 }),
    )
    .map(([positional, named]) =>
      [
        ...positional.map(([skipped, text]) => `${','.repeat(skipped)}${text}`),
        ...named.map(([source, destination]) => `${source} => ${destination}`),
      ].join(', '),
    ),
  primary: fc.oneof(
    { maxDepth: 4 },
    number,
    quotedText,
    fc.constantFrom('true', 'false', 'null', 'word', '$', '$x', '$1', '$größe'),
    tie('expression').map((inner) => `(${inner})`),
    tie('list').map((inner) => `[${inner}]`),
    tie('list').map((inner) => `{${inner}}`),
    fc.tuple(fc.constantFrom(...NAMES), tie('list')).map(([name, list]) => `${name}(${list})`),
  ),
}))

describe('a printed expression', () => {
  it('is read into the same tree, whatever it was', () => {
    let parsed = 0
    fc.assert(
      fc.property(expression, (source) => {
        if (!isExpression(source)) return
        parsed++
        reprinted(source)
      }),
      RUNS,
    )
    expect(parsed).toBeGreaterThan(RUNS.numRuns / 2)
  })

  it('is read into the same tree for every recorded case', () => {
    const file: { cases: { source: string }[] } = JSON.parse(
      readFileSync(new URL('../../conformance/yaql.json', import.meta.url), 'utf8'),
    )
    const sources = file.cases.map(({ source }) => source).filter(isExpression)
    expect(sources.length).toBeGreaterThan(1_500)
    for (const source of sources) reprinted(source)
  })

  it.each([
    ['1 . 5', '1 . 5'],
    ['$x.where( $.a>1 and not$.b )', '$x.where($.a > 1 and not $.b)'],
    [`"it's"`, String.raw`'it\'s'`],
    ['f(,1,,a=>2)', 'f(, 1, , a => 2)'],
    ['- -1', '--1'],
    ['[1,2][0]?.x', '[1, 2][0]?.x'],
  ])('of %s is %s', (source, text) => {
    expect(printYaql(parseExpression(source))).toBe(text)
  })
})

function isExpression(source: string): boolean {
  try {
    parseExpression(source)
    return true
  } catch (error) {
    if (error instanceof YaqlGrammarError) return false
    throw error
  }
}
