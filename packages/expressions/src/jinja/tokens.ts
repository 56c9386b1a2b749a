import type { Position, TemplateSyntaxError } from './errors.ts'

export type TokenKind =
  | 'data'
  | 'variable_begin'
  | 'variable_end'
  | 'block_begin'
  | 'block_end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'operator'
  | 'eof'
  | 'error'

export interface Token extends Position {
  kind: TokenKind
  /** The source text; of a string literal its resolved value, of data what is left after whitespace control. */
  text: string
  /** Of the kind `error`: what is wrong from here on. Raised when the parser gets there, as its own mistakes come first. */
  error?: TemplateSyntaxError
}

/** How messages name the kinds. @source jinja2: lexer.py _describe_token_type */
const DESCRIPTIONS: Partial<Record<TokenKind, string>> = {
  data: 'template data / text',
  variable_begin: 'begin of print statement',
  variable_end: 'end of print statement',
  block_begin: 'begin of statement block',
  block_end: 'end of statement block',
  eof: 'end of template',
}

export function describeToken(token: Token): string {
  return token.kind === 'name' || token.kind === 'operator' ? token.text : describeKind(token.kind)
}

export function describeKind(kind: TokenKind): string {
  return DESCRIPTIONS[kind] ?? kind
}
