import type { Expression } from '../jinja/ast.ts'
import { type Position, TemplateSyntaxError } from '../jinja/errors.ts'
import { childrenOf, everyExpressionIn } from '../jinja/names.ts'
import { parseStatements } from '../jinja/template-parser.ts'
import { DEFAULT_LIMITS, ExpressionLimitError, withinStack } from '../limits.ts'
import { contentOffset, findExpressions, stripDelimiters } from '../orquesta/delimiters.ts'
import type { WorkflowLanguage } from '../orquesta/errors.ts'
import { type ExpressionMistake, placeOf } from '../orquesta/language.ts'
import type { ArgumentNode } from '../yaql/ast.ts'
import { YaqlGrammarError } from '../yaql/errors.ts'
import { parseYaql } from '../yaql/evaluate.ts'

/** A name in an expression and what it stands for there. */
export interface UsedName {
  name: string
  kind: 'name' | 'function' | 'method' | 'filter' | 'test' | 'attribute'
  /** In the text, both from 1. */
  line: number
  column: number
}

export interface ExpressionAnalysis {
  mistakes: ExpressionMistake[]
  /** In the order in which they stand in the text. */
  names: UsedName[]
}

/**
 * What an editor shows about a text: mistakes of grammar and the names it uses, both with their places. Nothing is evaluated.
 *
 * @param text with its delimiters: `{{ }}` and `{% %}`, or `<% %>`
 */
export function analyseExpression(text: string, language: WorkflowLanguage): ExpressionAnalysis {
  const analysis = language === 'jinja' ? analyseTemplate(text) : analyseQueries(text)
  analysis.names.sort((left, right) => left.line - right.line || left.column - right.column)
  return analysis
}

function analyseTemplate(text: string): ExpressionAnalysis {
  try {
    const names: UsedName[] = []
    withinStack(DEFAULT_LIMITS, () => {
      for (const expression of everyExpressionIn(parseStatements(text, DEFAULT_LIMITS.depth))) {
        if (expression !== null) collectNames(expression, names)
      }
    })
    return { mistakes: [], names }
  } catch (error) {
    if (error instanceof ExpressionLimitError) return { mistakes: [mistakeAt('jinja', text, error.message)], names: [] }
    if (!(error instanceof TemplateSyntaxError)) throw error
    const { message, line, column } = error
    return { mistakes: [{ type: 'jinja', expression: text, message, line, column }], names: [] }
  }
}

function mistakeAt(type: WorkflowLanguage, expression: string, message: string): ExpressionMistake {
  return { type, expression, message, line: 1, column: 1 }
}

function collectNames(node: Expression, names: UsedName[]): void {
  if (node.type === 'name') names.push(used(node.name, 'name', node.position))
  else if (node.type === 'filter') names.push(used(node.name, 'filter', node.position))
  else if (node.type === 'test') names.push(used(node.name, 'test', node.position))
  else if (node.type === 'call' && node.callee.type === 'name') {
    names.push(used(node.callee.name, 'function', node.callee.position))
    for (const child of childrenOf(node)) if (child !== null && child !== node.callee) collectNames(child, names)
    return
  }
  for (const child of childrenOf(node)) if (child !== null) collectNames(child, names)
}

function used(name: string, kind: UsedName['kind'], { line, column }: Position): UsedName {
  return { name, kind, line, column }
}

function analyseQueries(text: string): ExpressionAnalysis {
  const analysis: ExpressionAnalysis = { mistakes: [], names: [] }
  for (const found of findExpressions('yaql', text)) {
    const start = placeOf(text, found.offset + contentOffset('yaql', found.text))
    const inText = (column: number): Position => ({ line: start.line, column: start.column + column - 1 })
    try {
      collectQueryNames(parseYaql(stripDelimiters('yaql', found.text)).tree, inText, analysis.names)
    } catch (error) {
      if (!(error instanceof YaqlGrammarError)) throw error
      const { message, column } = error
      analysis.mistakes.push({ type: 'yaql', expression: found.text, message, ...inText(column) })
    }
  }
  return analysis
}

const MEMBER_OPERATORS = new Set(['#operator_.', '#operator_?.'])

function collectQueryNames(
  node: ArgumentNode,
  place: (column: number) => Position,
  names: UsedName[],
  isMember = false,
): void {
  if (node.kind === 'variable') names.push(used(`$${node.name}`, 'name', place(node.start + 1)))
  else if (node.kind === 'constant' && isMember)
    names.push(used(String(node.value), 'attribute', place(node.start + 1)))
  else if (node.kind === 'group') collectQueryNames(node.inner, place, names)
  else if (node.kind === 'rule') {
    collectQueryNames(node.source, place, names)
    collectQueryNames(node.destination, place, names)
  } else if (node.kind === 'call') {
    if (node.isWritten) names.push(used(node.name, isMember ? 'method' : 'function', place(node.start + 1)))
    const isAccess = MEMBER_OPERATORS.has(node.name)
    for (const [at, arg] of node.args.entries()) collectQueryNames(arg, place, names, isAccess && at === 1)
  }
}
