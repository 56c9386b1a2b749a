import { describe, expect, it } from 'vitest'
import { parseYaml } from './read.ts'
import { scalarOffsets } from './scalar-offsets.ts'
import { parseYamlTree, type YamlNode, type YamlScalar } from './tree.ts'

const TEXT = `# top
a: &x 1   # one
b: [*x, {c: 2, d}, e: f]
? q
: |+
  lit

  more

"k": # c
- 'x'
-   y: 1
    z:
- &e
s: "a
  b"
t: !!str
`

/** Every part of a node with what of the text it covers. */
function parts(node: YamlNode, text: string): string[] {
  const shown = (start: number, end: number): string => JSON.stringify(text.slice(start, end))
  if (node.kind === 'scalar') return [`${node.style} ${shown(node.start, node.end)}`]
  if (node.kind === 'alias') return [`alias ${shown(node.start, node.end)}`]
  if (node.kind === 'seq')
    return node.items.flatMap(({ start, end, value }) => [`item ${shown(start, end)}`, ...parts(value, text)])
  return node.pairs.flatMap(({ name, start, end, value }) => [`${name} ${shown(start, end)}`, ...parts(value, text)])
}

function scalarsIn(node: YamlNode): YamlScalar[] {
  if (node.kind === 'scalar') return [node]
  if (node.kind === 'seq') return node.items.flatMap(({ value }) => scalarsIn(value))
  return node.kind === 'map' ? node.pairs.flatMap(({ key, value }) => [...scalarsIn(key), ...scalarsIn(value)]) : []
}

describe('the tree of a text', () => {
  it('has the place of every node, pair, entry and comment', () => {
    const { root, comments } = parseYamlTree(TEXT)
    expect(root === null ? [] : parts(root, TEXT)).toEqual([
      'a "a: &x 1"',
      'plain "&x 1"',
      'b "b: [*x, {c: 2, d}, e: f]"',
      'item "*x"',
      'alias "*x"',
      'item "{c: 2, d}"',
      'c "c: 2"',
      'plain "2"',
      'd "d"',
      'empty ""',
      'item "e: f"',
      'e "e: f"',
      'plain "f"',
      String.raw`q "? q\n: |+\n  lit\n\n  more\n"`,
      String.raw`literal "|+\n  lit\n\n  more\n"`,
      String.raw`k "\"k\": # c\n- 'x'\n-   y: 1\n    z:\n- &e"`,
      `item "- 'x'"`,
      `single-quoted "'x'"`,
      String.raw`item "-   y: 1\n    z:"`,
      'y "y: 1"',
      'plain "1"',
      'z "z:"',
      'empty ""',
      'item "- &e"',
      'empty "&e"',
      String.raw`s "s: \"a\n  b\""`,
      String.raw`double-quoted "\"a\n  b\""`,
      't "t: !!str"',
      'empty "!!str"',
    ])
    expect(comments.map(({ start, end }) => TEXT.slice(start, end))).toEqual(['# top', '# one', '# c'])
  })

  it('has the values that the reader has', () => {
    expect(parseYamlTree(TEXT).root?.value).toEqual(parseYaml(TEXT))
    expect(parseYamlTree('# only').root).toBe(null)
  })
})

describe('the places of characters in the source', () => {
  it.each([
    'plain text  here',
    'plain\n  over two\n\n  lines',
    "'it''s\n   here'",
    String.raw`"tab\t uni\u0041\U0001F600 \x41 end"`,
    '"joined \\\n   lines"',
    '|\n  one\n    two\n\n  three\n',
    '>-\n  one\n  two\n\n  three\n   more\n  end',
    '|4-\n      lead\n    less',
  ])('are those of %s', (source) => {
    for (const text of [`k: ${source}\n`, `k: ${source}\n`.replaceAll('\n', '\r\n')]) {
      const { root } = parseYamlTree(text)
      const scalar = root === null ? undefined : scalarsIn(root)[1]
      const offsets = scalar === undefined ? null : scalarOffsets(text, scalar)
      expect(offsets).toHaveLength((scalar?.text.length ?? 0) + 1)
      for (const [index, char] of (scalar?.text ?? '').split('').entries()) {
        const written = text[offsets?.[index] ?? -1] ?? ''
        expect(char === written || /[\s'\\]/.test(written), `${index} ${char} ${written}`).toBe(true)
      }
    }
  })
})
