import {
  completeExpression,
  type ExpressionContent,
  expressionHelp,
  type ExpressionNames,
  expressionSpanAt,
  type Suggestion,
  type Suggestions,
} from '@st2/designer'
import type { WorkflowLanguage } from '@st2/expressions'
import type { CodeAssistant } from './assisted-by.ts'

/**
 * Completion and help for a text that holds expressions, or is one.
 *
 * @param names asked anew each time
 * @param bare the language of a text that is one expression without delimiters
 */
export function expressionAssistant(names: () => ExpressionNames, bare: WorkflowLanguage | null): CodeAssistant {
  return {
    complete: (text, offset, isAsked) => {
      const content = contentAt(text, offset, bare)
      if (content === null) return openings(text, offset, isAsked)
      const found = completeExpression(content, offset, names())
      const isEmpty = found.from === offset && !/[.('"|]$|<%\s?$|\{\{\s?$/.test(text.slice(0, offset))
      return isEmpty && !isAsked ? null : found
    },
    help: (text, offset) => {
      const content = contentAt(text, offset, bare)
      if (content === null) return null
      const { language, from, to } = content
      return expressionHelp(text, { language, contentFrom: from, contentTo: to }, offset, names())
    },
  }
}

function contentAt(text: string, offset: number, bare: WorkflowLanguage | null): ExpressionContent | null {
  if (bare !== null) return { text, language: bare, from: 0, to: text.length }
  const span = expressionSpanAt(text, offset)
  return span === null ? null : { text, language: span.language, from: span.contentFrom, to: span.contentTo }
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
