import type { WorkflowLanguage } from '@st2/expressions'

/** A word of an expression as an editor paints it, whether the expression is right or not. */
export interface ExpressionToken {
  /** `word`: an operator written as a word; `call`: a function, a method, a filter or a test. */
  kind: 'string' | 'number' | 'word' | 'literal' | 'call' | 'name' | 'sign'
  text: string
  from: number
  to: number
}

const TOKEN =
  /("(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|`(?:\\.|[^`\\])*`?)|(\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)|(\$?[\p{L}_][\p{L}\p{N}_]*|\$\d*)|(\S)/gu
const SIGNS = new Set(['=>', '->', '?.', '==', '!=', '<=', '>=', '=~', '!~', '**', '//'])

const WORDS: Record<WorkflowLanguage, ReadonlySet<string>> = {
  yaql: new Set(['and', 'or', 'not', 'in', 'is', 'mod', 'as', 'let', 'then']),
  // biome-ignore format: one row of words
  jinja: new Set([
    'and', 'or', 'not', 'in', 'is', 'if', 'else', 'elif', 'endif', 'for', 'endfor', 'set', 'endset', 'macro', 'endmacro',
    'filter', 'endfilter', 'with', 'endwith', 'raw', 'endraw', 'recursive', 'call', 'endcall', 'do',
  ]),
}
const LITERALS = new Set(['true', 'false', 'null', 'none', 'True', 'False', 'None'])

export function expressionTokens(
  text: string,
  language: WorkflowLanguage,
  from = 0,
  to = text.length,
): ExpressionToken[] {
  const tokens: ExpressionToken[] = []
  const content = text.slice(from, to)
  for (const match of content.matchAll(TOKEN)) {
    const [whole, string, number, name] = match
    const at = from + match.index
    const last = tokens.at(-1)
    if (string !== undefined) tokens.push(token('string', whole, at))
    else if (number !== undefined) tokens.push(token('number', whole, at))
    else if (name !== undefined) tokens.push(token(kindOfName(name, language, last, text, at, to), whole, at))
    else if (last?.kind === 'sign' && last.to === at && SIGNS.has(last.text + whole)) {
      last.text += whole
      last.to += whole.length
    } else tokens.push(token('sign', whole, at))
  }
  return tokens
}

function token(kind: ExpressionToken['kind'], text: string, from: number): ExpressionToken {
  return { kind, text, from, to: from + text.length }
}

function kindOfName(
  name: string,
  language: WorkflowLanguage,
  last: ExpressionToken | undefined,
  text: string,
  at: number,
  end: number,
): ExpressionToken['kind'] {
  if (name.startsWith('$')) return 'name'
  const isMember = last?.text === '.' || last?.text === '?.'
  const next = text.slice(at + name.length, end).trimStart()[0]
  if (next === '(' && (isMember || !WORDS[language].has(name))) return 'call'
  if (isMember) return 'name'
  if (WORDS[language].has(name)) return 'word'
  if (LITERALS.has(name)) return 'literal'
  return language === 'jinja' && (last?.text === '|' || last?.text === 'is') ? 'call' : 'name'
}
