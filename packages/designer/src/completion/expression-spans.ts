import type { WorkflowLanguage } from '@st2/expressions'

/** An expression in a text as an editor sees it: it may still lack its end. */
export interface ExpressionSpan {
  language: WorkflowLanguage
  /** `{% … %}` of Jinja. */
  isStatement: boolean
  /** Delimiters included. */
  from: number
  to: number
  contentFrom: number
  contentTo: number
  /** Whether the closing delimiter is there. */
  isClosed: boolean
}

const OPENING = /<%|\{\{|\{%/g
const DELIMITERS = {
  '<%': { language: 'yaql', close: '%>', isStatement: false },
  '{{': { language: 'jinja', close: '}}', isStatement: false },
  '{%': { language: 'jinja', close: '%}', isStatement: true },
} as const

/** The expressions between two places. One without an end reaches to the end of its line: the rest is not its text. */
export function expressionSpans(text: string, from = 0, to = text.length): ExpressionSpan[] {
  const spans: ExpressionSpan[] = []
  OPENING.lastIndex = from
  for (let match = OPENING.exec(text); match !== null && match.index < to; match = OPENING.exec(text)) {
    const span = spanAt(text, match.index, match[0] as keyof typeof DELIMITERS, to)
    spans.push(span)
    OPENING.lastIndex = span.to
  }
  return spans
}

/** The expression whose content a place is in: between its delimiters, their inner edges included. */
export function expressionSpanAt(text: string, offset: number): ExpressionSpan | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const lineEnd = indexOrEnd(text, '\n', offset)
  return (
    expressionSpans(text, lineStart, lineEnd).find(
      ({ contentFrom, contentTo }) => contentFrom <= offset && offset <= contentTo,
    ) ?? null
  )
}

function spanAt(text: string, at: number, open: keyof typeof DELIMITERS, end: number): ExpressionSpan {
  const { language, close, isStatement } = DELIMITERS[open]
  const contentFrom = at + open.length
  const closing = text.indexOf(close, contentFrom)
  const isClosed = closing !== -1 && closing + close.length <= end
  const contentTo = isClosed ? closing : Math.min(end, indexOrEnd(text, '\n', contentFrom))
  return {
    language,
    isStatement,
    from: at,
    to: isClosed ? closing + close.length : contentTo,
    contentFrom,
    contentTo,
    isClosed,
  }
}

function indexOrEnd(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from)
  return at === -1 ? text.length : at
}
