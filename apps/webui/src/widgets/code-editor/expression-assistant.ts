import {
  completeExpression,
  expressionHelp,
  type ExpressionNames,
  expressionSpanAt,
  type Suggestion,
  type Suggestions,
} from '@st2/designer'
import type { CodeAssistant } from './assisted-by.ts'

/** Completion and help for a text that holds expressions. @param names asked anew each time */
export function expressionAssistant(names: () => ExpressionNames): CodeAssistant {
  return {
    complete: (text, offset, isAsked) => {
      const span = expressionSpanAt(text, offset)
      if (span === null) return openings(text, offset, isAsked)
      const content = { text, language: span.language, from: span.contentFrom, to: span.contentTo }
      const found = completeExpression(content, offset, names())
      const isEmpty = found.from === offset && !/[.('"|]$|<%\s?$|\{\{\s?$/.test(text.slice(0, offset))
      return isEmpty && !isAsked ? null : found
    },
    help: (text, offset) => {
      const span = expressionSpanAt(text, offset)
      return span === null ? null : expressionHelp(text, span, offset, names())
    },
  }
}

const OPENINGS: readonly Suggestion[] = [
  { label: '<% %>', kind: 'word', detail: 'YAQL', help: 'An expression in YAQL.', insert: '<%  %>', caret: 3 },
  { label: '{{ }}', kind: 'word', detail: 'Jinja', help: 'An expression in Jinja.', insert: '{{  }}', caret: 3 },
]

/** How an expression begins, for who asks. */
function openings(text: string, offset: number, isAsked: boolean): Suggestions | null {
  const isBegun = text[offset - 1] === '<'
  if (!isAsked && !isBegun) return null
  return { from: isBegun ? offset - 1 : offset, to: offset, items: OPENINGS, isFiltered: true }
}
