import { PythonError, str } from '@st2/python-values'
import { CompiledCache } from '../compiled-cache.ts'
import { ExpressionLimitError, type Limits, YAQL_LIMITS } from '../limits.ts'
import { MissingKeyError } from '../missing-key.ts'
import type { YamlCodec } from '../platform/function-table.ts'
import { YaqlGrammarError } from '../yaql/errors.ts'
import { parseYaql, type YaqlExpression, type YaqlOptions } from '../yaql/evaluate.ts'
import { STANDARD_YAQL_FUNCTIONS, type YaqlFunctions } from '../yaql/functions.ts'
import { contentOffset, findExpressions, hasExpressions, stripDelimiters, stripMarks } from './delimiters.ts'
import { WorkflowExpressionError } from './errors.ts'
import type { Field } from './field.ts'
import { type ExpressionLanguage, type ExpressionMistake, placeOf, type PreparedText } from './language.ts'
import { workflowDeclarations } from './yaql-functions.ts'

/** Errors whose text loses the quotes at its ends. */
const STRIPPED = new Set(['ValueError', 'TypeError', 'JSONDecodeError', 'UnicodeDecodeError', 'UnicodeEncodeError'])

/** One expression of a text. It is parsed when it is reached: the mistakes of those before it come first. */
interface Part {
  /** With its delimiters. */
  text: string
  source: string
  parsed: YaqlExpression | null
}

/** YAQL in workflows. @source orquesta: orquesta/expressions/yql.py */
export class YaqlLanguage implements ExpressionLanguage {
  readonly type = 'yaql'
  readonly functions: YaqlFunctions
  readonly #parsed: CompiledCache<YaqlExpression>
  readonly #prepared = new CompiledCache<PreparedText>((text) => this.#takeApart(text))

  constructor(options: { yaml?: YamlCodec | undefined; limits?: Limits } = {}) {
    const { limits = YAQL_LIMITS } = options
    this.#parsed = new CompiledCache((source) => parseYaql(source, limits.depth))
    this.functions = STANDARD_YAQL_FUNCTIONS.with(workflowDeclarations(options.yaml))
  }

  has(text: string): boolean {
    return hasExpressions('yaql', text)
  }

  prepare(text: string): PreparedText | null {
    if (!text.includes('<%')) return null
    return this.#prepared.find(text) ?? (this.has(text) ? this.#prepared.get(text) : null)
  }

  #takeApart(text: string): PreparedText {
    const parts = findExpressions('yaql', text).map((found): Part => {
      return { text: found.text, source: stripDelimiters('yaql', found.text), parsed: null }
    })
    const [only] = parts
    if (parts.length === 1 && only?.text.length === text.length) {
      return { evaluate: (field) => field.budget.nested(() => this.#value(only, field)) }
    }
    return { evaluate: (field) => field.budget.nested(() => this.#expand(text, parts, field)) }
  }

  #expand(text: string, parts: Part[], field: Field): unknown {
    let output = text
    for (const part of parts) {
      const value = this.#value(part, field)
      output = output.replaceAll(part.text, () => str(value))
      field.budget.requireLength(output.length)
    }
    return output
  }

  /** The value of one expression; text in it is expanded again. */
  #value(part: Part, field: Field): unknown {
    try {
      field.budget.spend()
      part.parsed ??= this.#parsed.get(part.source)
      const value = part.parsed.evaluate(
        { variables: () => field.context, functions: this.functions },
        optionsOf(field),
      )
      if (typeof value !== 'string') return value
      const inner = this.prepare(value)
      return inner === null ? value : inner.evaluate(field)
    } catch (error) {
      throw explained(part.text, error)
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

function optionsOf(field: Field): YaqlOptions {
  const { budget, random, now } = field
  if (random === undefined && now === undefined) return { budget, host: field }
  return {
    budget,
    host: field,
    ...(random === undefined ? {} : { random }),
    ...(now === undefined ? {} : { now }),
  }
}

/** Says which expression failed. Limits and missing answers are the caller's business and stay as they are. */
function explained(expression: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ExpressionLimitError || error instanceof MissingKeyError)
    return error
  return new WorkflowExpressionError('yaql', expression, explanation(expression, error), { cause: error })
}

function explanation(expression: string, error: Error): string {
  const kind = error instanceof PythonError ? error.pythonType : error.name
  if (kind === 'KeyError') {
    return `Unable to resolve key '${stripMarks(error.message, "'")}' in expression '${expression}' from context.`
  }
  const isStripped = STRIPPED.has(kind) || (kind.endsWith('Exception') && isOfYaql(kind))
  return `Unable to evaluate expression '${expression}'. ${kind}: ${isStripped ? stripMarks(error.message, "'") : error.message}`
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
