import { PythonError, str } from '@st2/python-values'
import { CompiledCache } from '../compiled-cache.ts'
import { ExpressionLimitError } from '../limits.ts'
import { MissingKeyError } from '../missing-key.ts'
import type { YamlCodec } from '../platform/function-table.ts'
import { YaqlGrammarError } from '../yaql/errors.ts'
import { evaluateYaql, parseYaql, type YaqlExpression } from '../yaql/evaluate.ts'
import { STANDARD_YAQL_FUNCTIONS, type YaqlFunctions } from '../yaql/functions.ts'
import { contentOffset, findExpressions, hasExpressions, stripDelimiters } from './delimiters.ts'
import { WorkflowExpressionError } from './errors.ts'
import { type ExpressionLanguage, type ExpressionMistake, type FieldEvaluation, placeOf } from './language.ts'
import { FieldHolder, HOST_VARIABLE, workflowDeclarations } from './yaql-functions.ts'

/** Errors whose text loses the quotes at its ends. */
const STRIPPED = new Set(['ValueError', 'TypeError', 'JSONDecodeError', 'UnicodeDecodeError', 'UnicodeEncodeError'])

/** YAQL in workflows. @source orquesta: orquesta/expressions/yql.py */
export class YaqlLanguage implements ExpressionLanguage {
  readonly type = 'yaql'
  readonly functions: YaqlFunctions
  readonly #parsed = new CompiledCache<YaqlExpression>((source) => parseYaql(source))

  constructor(options: { yaml?: YamlCodec | undefined } = {}) {
    this.functions = STANDARD_YAQL_FUNCTIONS.with(workflowDeclarations(options.yaml))
  }

  has(text: string): boolean {
    return hasExpressions('yaql', text)
  }

  evaluate(text: string, field: FieldEvaluation): unknown {
    return field.budget.nested(() => this.#expand(text, field))
  }

  #expand(text: string, field: FieldEvaluation): unknown {
    const expressions = findExpressions('yaql', text)
    let output = text
    for (const { text: expression } of expressions) {
      const value = this.#explained(expression, () => this.#value(expression, field))
      if (expressions.length === 1 && output.length === expression.length) return value
      output = output.replaceAll(expression, () => str(value))
      field.budget.requireLength(output.length)
    }
    return output
  }

  #value(expression: string, field: FieldEvaluation): unknown {
    field.budget.spend()
    const value = evaluateYaql(
      this.#parsed.get(stripDelimiters('yaql', expression)),
      { variables: { ...field.context, [HOST_VARIABLE]: new FieldHolder(field) }, functions: this.functions },
      {
        budget: field.budget,
        ...(field.random === undefined ? {} : { random: field.random }),
        ...(field.now === undefined ? {} : { now: field.now }),
      },
    )
    return typeof value === 'string' ? this.evaluate(value, field) : value
  }

  #explained<T>(expression: string, run: () => T): T {
    try {
      return run()
    } catch (error) {
      if (!(error instanceof Error) || error instanceof ExpressionLimitError || error instanceof MissingKeyError)
        throw error
      throw new WorkflowExpressionError('yaql', expression, explanation(expression, error), { cause: error })
    }
  }

  validate(text: string): ExpressionMistake[] {
    return findExpressions('yaql', text).flatMap((found) => {
      const content = stripDelimiters('yaql', found.text)
      try {
        this.#parsed.get(content)
        return []
      } catch (error) {
        if (!(error instanceof YaqlGrammarError)) throw error
        const start = placeOf(text, found.offset + contentOffset('yaql', found.text))
        const column = start.column + error.column - 1
        return [{ type: this.type, expression: found.text, message: error.message, line: start.line, column }]
      }
    })
  }
}

function explanation(expression: string, error: Error): string {
  const kind = error instanceof PythonError ? error.pythonType : error.name
  if (kind === 'KeyError') {
    return `Unable to resolve key '${stripQuotes(error.message)}' in expression '${expression}' from context.`
  }
  const isStripped = STRIPPED.has(kind) || (kind.endsWith('Exception') && isOfYaql(kind))
  return `Unable to evaluate expression '${expression}'. ${kind}: ${isStripped ? stripQuotes(error.message) : error.message}`
}

/** Classes of the language itself, unlike those of workflows. */
function isOfYaql(kind: string): boolean {
  return ![
    'ExpressionEvaluationException',
    'YaqlEvaluationException',
    'JinjaEvaluationException',
    'Exception',
  ].includes(kind)
}

function stripQuotes(text: string): string {
  return text.replace(/^'+|'+$/g, '')
}
