import { describe, expect, it } from 'vitest'
import { expressionSpanAt, expressionSpans } from './expression-spans.ts'
import { expressionTokens } from './expression-tokens.ts'

describe('tokens', () => {
  const shown = (text: string, language: 'yaql' | 'jinja') =>
    expressionTokens(text, language).map(({ kind, text: word }) => `${kind} ${word}`)

  it('tell calls, names, words and literals apart in YAQL', () => {
    expect(shown(`ctx().hosts.where($.name != 'a b') and not true`, 'yaql')).toEqual([
      'call ctx', 'sign (', 'sign )', 'sign .', 'name hosts', 'sign .', 'call where', 'sign (', 'name $', 'sign .', 'name name',
      'sign !=', `string 'a b'`, 'sign )', 'word and', 'word not', 'literal true',
    ]) // biome-ignore format: rows of tokens
  })

  it('see filters and tests of Jinja as calls', () => {
    expect(shown(`ctx('a')|upper if x is defined else 1.5`, 'jinja')).toEqual([
      'call ctx', 'sign (', `string 'a'`, 'sign )', 'sign |', 'call upper', 'word if', 'name x', 'word is', 'call defined',
      'word else', 'number 1.5',
    ]) // biome-ignore format: rows of tokens
  })

  it('end where the text does, strings without an end included', () => {
    expect(shown(`ctx("a`, 'yaql')).toEqual(['call ctx', 'sign (', 'string "a'])
    expect(expressionTokens('xx ab yy', 'yaql', 3, 5)).toEqual([{ kind: 'name', text: 'ab', from: 3, to: 5 }])
  })
})

describe('spans', () => {
  it('are found for every kind of delimiter', () => {
    const text = 'a <% b %> {{ c }} {% d %}'
    expect(
      expressionSpans(text).map((span) => [span.language, text.slice(span.contentFrom, span.contentTo), span.isClosed]),
    ).toEqual([
      ['yaql', ' b ', true],
      ['jinja', ' c ', true],
      ['jinja', ' d ', true],
    ])
  })

  it('end with the line when they have no end', () => {
    expect(expressionSpans('x: <% ctx(\ny: 1')).toMatchObject([{ from: 3, to: 10, isClosed: false }])
  })

  it('are found at a place between the delimiters only', () => {
    const text = 'm: "<% ctx() %> b"'
    expect(expressionSpanAt(text, text.indexOf('ctx'))).toMatchObject({ language: 'yaql' })
    expect(expressionSpanAt(text, 6)).not.toBeNull()
    expect(expressionSpanAt(text, 5), 'within the delimiter').toBeNull()
    expect(expressionSpanAt(text, text.indexOf(' b"'))).toBeNull()
  })
})
