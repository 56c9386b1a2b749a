import type { WorkflowLanguage } from './errors.ts'

/** An expression as it stands in a text, delimiters included. */
export interface FoundExpression {
  text: string
  offset: number
}

/** @source orquesta: orquesta/expressions/yql.py, jinja.py */
const DELIMITERS: Record<WorkflowLanguage, { open: string; close: string; marks: string }> = {
  yaql: { open: '<%', close: '%>', marks: '<%>' },
  jinja: { open: '{{', close: '}}', marks: '{}' },
}

/** The expressions of a language. One never spans lines, and the first closing delimiter ends it, even inside of quotes. */
export function findExpressions(language: WorkflowLanguage, text: string): FoundExpression[] {
  const { open, close } = DELIMITERS[language]
  return findBetween(text, open, close)
}

/** `{% … %}` of Jinja. */
export function findBlocks(text: string): FoundExpression[] {
  return findBetween(text, '{%', '%}')
}

/** `{% raw %}…{% endraw %}`, spelled just so. */
export function findRawBlocks(text: string): FoundExpression[] {
  return findBetween(text, '{% raw %}', '{% endraw %}')
}

export function hasExpressions(language: WorkflowLanguage, text: string): boolean {
  if (findExpressions(language, text).length > 0) return true
  return language === 'jinja' && findBlocks(text).length > 0
}

/** What stands between the delimiters. Content that begins or ends with one of their characters loses it. */
export function stripDelimiters(language: WorkflowLanguage, expression: string): string {
  return stripMarks(expression, DELIMITERS[language].marks).trim()
}

/** The text without any of these characters at its ends. A pattern would look at long rows of them again and again. */
export function stripMarks(text: string, marks: string): string {
  let [start, end] = [0, text.length]
  while (start < end && marks.includes(text[start] ?? '')) start++
  while (end > start && marks.includes(text[end - 1] ?? '')) end--
  return text.slice(start, end)
}

/** Where the stripped content of an expression begins in it. */
export function contentOffset(language: WorkflowLanguage, expression: string): number {
  return expression.indexOf(stripDelimiters(language, expression))
}

function findBetween(text: string, open: string, close: string): FoundExpression[] {
  const found: FoundExpression[] = []
  let newline = newlineFrom(text, 0)
  let at = text.indexOf(open)
  while (at !== -1) {
    const end = text.indexOf(close, at + open.length)
    if (end === -1) break
    // each newline is looked for once
    if (newline < at) newline = newlineFrom(text, at)
    const isOneLine = newline > end
    if (isOneLine) found.push({ text: text.slice(at, end + close.length), offset: at })
    at = text.indexOf(open, isOneLine ? end + close.length : newline + 1)
  }
  return found
}

function newlineFrom(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at === -1 ? Number.POSITIVE_INFINITY : at
}
