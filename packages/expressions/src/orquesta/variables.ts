import { compareText, entriesOf, isDict, PyTuple, Regex } from '@st2/python-values'
import { contentOffset, findExpressions, stripDelimiters } from './delimiters.ts'
import type { WorkflowLanguage } from './errors.ts'
import { placeOf } from './language.ts'

/** A variable of the workflow that an expression mentions. */
export interface VariableReference {
  type: WorkflowLanguage
  /** The whole text of the field. */
  expression: string
  name: string
  /** Where the name stands in the text, line and column from 1. */
  places: { offset: number; line: number; column: number }[]
}

const REFERENCE = `[\\]\\[a-zA-Z0-9_'"\\.()]*`
const CALL = new Regex(`\\bctx\\(['"]?${REFERENCE}['"]?\\)\\.?${REFERENCE}`)
const NAME = '[a-zA-Z0-9_-]+'
const EXTRACTS = [
  `\\bctx\\(\\)\\.(${NAME})\\b(?!\\()\\.?`,
  `(?:\\bctx\\((${NAME})\\))`,
  `(?:\\bctx\\('(${NAME})'\\))`,
  `(?:\\bctx\\("(${NAME})"\\))`,
].map((pattern) => new Regex(pattern))

/** Longest expression that is searched; a longer one mentions nothing that could be inspected. */
const MAX_SEARCHED_LENGTH = 100_000

/** @source orquesta: orquesta/expressions/base.py extract_vars */
export function extractVariables(statement: unknown): VariableReference[] {
  const found = new Map<string, VariableReference>()
  for (const text of textsIn(statement)) {
    for (const type of ['yaql', 'jinja'] as const) {
      for (const name of namesIn(type, text)) {
        const key = JSON.stringify([type, text, name])
        if (!found.has(key)) found.set(key, { type, expression: text, name, places: placesOf(type, text, name) })
      }
    }
  }
  return [...found.values()].sort(
    (left, right) =>
      compareText(left.name, right.name) ||
      compareText(left.type, right.type) ||
      compareText(left.expression, right.expression),
  )
}

function textsIn(statement: unknown): string[] {
  if (typeof statement === 'string') return [statement]
  if (Array.isArray(statement) && !(statement instanceof PyTuple)) return statement.flatMap(textsIn)
  return isDict(statement) ? entriesOf(statement).flatMap(([key, value]) => [...textsIn(key), ...textsIn(value)]) : []
}

function namesIn(type: WorkflowLanguage, text: string): string[] {
  const names = new Set<string>()
  for (const expression of findExpressions(type, text)) {
    for (const call of callsIn(stripDelimiters(type, expression.text))) {
      for (const extract of EXTRACTS) {
        const name = extract.search(call)?.groups[1]
        if (name !== null && name !== undefined && name !== '') names.add(name)
      }
    }
  }
  return [...names]
}

function callsIn(content: string): string[] {
  if (content.length > MAX_SEARCHED_LENGTH || !content.includes('ctx(')) return []
  return Array.from(CALL.matchAll(content), ({ groups: [whole] }) => (whole ?? '').trim())
}

const DIRECT = /\bctx\((?:\)\.|['"]?)([a-zA-Z0-9_-]+)/g

function placesOf(type: WorkflowLanguage, text: string, name: string): VariableReference['places'] {
  return findExpressions(type, text).flatMap((expression) => {
    const content = stripDelimiters(type, expression.text)
    const start = expression.offset + contentOffset(type, expression.text)
    return Array.from(content.matchAll(DIRECT))
      .filter(([, found]) => found === name)
      .map((match) => {
        const offset = start + match.index + match[0].length - name.length
        return { offset, ...placeOf(text, offset) }
      })
  })
}
