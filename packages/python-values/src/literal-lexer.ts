import { PythonSyntaxError } from './errors.ts'

const TOKEN =
  /[ \t\f]+|#[^\n]*|\\\r?\n|(?<newline>\r?\n|\r)|(?<text>[A-Za-z]{0,2}(?:'''[^\\]*?(?:\\[\s\S][^\\]*?)*'''|"""[^\\]*?(?:\\[\s\S][^\\]*?)*"""|'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'|"[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*"))|(?<number>(?:0[xXoObB][0-9a-fA-F_]+|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]+)?)[A-Za-z_]*)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<mark>\*\*|\/\/|[=!<>]=|\.\.\.|[-+*/%@&|^~<>()[\]{},:.=])/uy

export type TokenKind = 'text' | 'number' | 'name' | 'mark' | 'newline' | 'end'
export interface Token {
  kind: TokenKind
  text: string
  line: number
}

export function syntaxError(line: number, reason = 'invalid syntax'): PythonSyntaxError {
  return new PythonSyntaxError(`${reason} (<unknown>, line ${line})`)
}

/** Reads as much of Python as literals need; the last token is of kind `end`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const open: Token[] = []
  let line = 1
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (match === null) throw unreadable(text, at, line)
    const [kind, value] = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined) ?? ['', '']
    const token = { kind: asKind(kind), text: value, line }
    if (kind === 'mark' && '([{'.includes(value)) open.push(token)
    if (kind === 'mark' && ')]}'.includes(value)) open.pop()
    if (kind === 'newline' ? open.length === 0 && tokens.length > 0 : kind !== '') tokens.push(token)
    line += match[0].split('\n').length - 1
  }
  const unclosed = open.at(-1)
  if (unclosed !== undefined) throw syntaxError(unclosed.line, `'${unclosed.text}' was never closed`)
  while (tokens.at(-1)?.kind === 'newline') tokens.pop()
  tokens.push({ kind: 'end', text: '', line: tokens.length === 0 ? 0 : line })
  return tokens
}

function unreadable(text: string, at: number, line: number): PythonSyntaxError {
  const isQuote = text[at] === "'" || text[at] === '"'
  return syntaxError(line, isQuote ? `unterminated string literal (detected at line ${line})` : 'invalid syntax')
}

function asKind(group: string): TokenKind {
  if (group === 'text' || group === 'number' || group === 'name' || group === 'mark' || group === 'newline')
    return group
  return 'end'
}
