import type { Found } from '../problems/problem.ts'
import { callsOf } from './expression-help.ts'
import { type ExpressionSpan, expressionSpans } from './expression-spans.ts'
import { type ExpressionToken, expressionTokens } from './expression-tokens.ts'

type CallKind = 'function' | 'method' | 'filter' | 'test'

/** A call of something that its language does not have: inspection reads the grammar alone, so that only a run would tell. */
export interface UnknownCall {
  name: string
  kind: CallKind
  language: ExpressionSpan['language']
  from: number
  to: number
}

/** In the expressions of a whole definition, comments left out. */
export function unknownCalls(text: string): UnknownCall[] {
  return expressionSpans(text)
    .filter((span) => span.isClosed && !isInComment(text, span.from))
    .flatMap((span) => callsIn(text, span))
}

export function unknownCallProblem({ name, kind, from, to }: UnknownCall): Found {
  const message = `There is no ${kind} "${name}".`
  return { file: 'workflow', severity: 'warning', kind: 'expression', message, path: null, from, to }
}

function callsIn(text: string, { language, contentFrom, contentTo }: ExpressionSpan): UnknownCall[] {
  const tokens = expressionTokens(text, language, contentFrom, contentTo)
  // Functions of its own are known when it runs.
  if (tokens.some(({ text: word }) => word === 'def' || word === 'macro' || word === 'call')) return []
  return tokens.flatMap((token, at) => {
    const kind = kindOf(language, token, tokens[at - 1], tokens[at - 2])
    if (kind === null || callsOf(language).some((call) => call.name === token.text && call.kind === kind)) return []
    return [{ name: token.text, kind, language, from: token.from, to: token.to }]
  })
}

function kindOf(
  language: ExpressionSpan['language'],
  { kind }: ExpressionToken,
  last: ExpressionToken | undefined,
  beforeLast: ExpressionToken | undefined,
): CallKind | null {
  if (kind !== 'call') return null
  // What an object of Python can do is not in a table.
  if (last?.text === '.' || last?.text === '?.') return language === 'yaql' ? 'method' : null
  if (language === 'yaql') return 'function'
  if (last?.text === '|') return 'filter'
  if (last?.text === 'is' || (last?.text === 'not' && beforeLast?.text === 'is')) return 'test'
  return 'function'
}

function isInComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset) + 1, offset)
  return /(?:^|\s)#/.test(line.replaceAll(/"[^"]*"|'[^']*'/g, ''))
}
