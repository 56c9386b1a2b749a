import { analyseExpression } from '@st2/expressions'
import { TextLines } from '../text/text-lines.ts'
import { expressionSpans } from './expression-spans.ts'
import { expressionTokens } from './expression-tokens.ts'

interface Range {
  from: number
  to: number
}

/**
 * Where in an expression its mistake of grammar is: the word that can not stand there, or the end of what is missing something.
 *
 * @param range of the whole expression in the text
 * @returns the same range where that can not be told
 */
export function mistakePlace(text: string, range: Range): Range {
  const [span, ...others] = expressionSpans(text, range.from, range.to)
  if (span === undefined || others.length > 0 || span.from !== range.from) return range
  const written = text.slice(span.from, span.to)
  const mistake = analyseExpression(written, span.language).mistakes[0]
  if (mistake === undefined) return range
  const at = span.from + new TextLines(written).offset(mistake)
  const tokens = expressionTokens(text, span.language, span.contentFrom, span.contentTo)
  const token = tokens.find(({ to }) => to > at) ?? tokens.at(-1)
  return token === undefined ? range : { from: token.from, to: token.to }
}
