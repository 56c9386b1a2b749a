import { type Dict, dictFrom, entriesOf, isDict, PyTuple, PythonValueError } from '@st2/python-values'
import { CallersDataError, copyOfData, settled } from '../jinja/own-data.ts'
import { Budget, DEFAULT_LIMITS, ExpressionLimitError, type Limits, WORKFLOW_LIMITS } from '../limits.ts'
import type { YamlCodec } from '../platform/function-table.ts'
import { Field, type FieldOptions } from './field.ts'
import { JinjaLanguage } from './jinja-language.ts'
import type { ExpressionLanguage, ExpressionMistake, PreparedText } from './language.ts'
import { extractVariables, type VariableReference } from './variables.ts'
import { YaqlLanguage } from './yaql-language.ts'

export interface WorkflowExpressionOptions {
  /** For the functions of YAML; without it they fail. */
  yaml?: YamlCodec
  /** For all expressions of a field together, and those that their values hold. @default WORKFLOW_LIMITS */
  limits?: Partial<Limits>
}

/**
 * Expressions in the fields of workflows: `<% %>` of YAQL, `{{ }}` and `{% %}` of Jinja. The language found first, in the order
 * YAQL, Jinja, takes the whole text; the other's delimiters stay text. One object serves any number of workflows.
 *
 * @source orquesta: orquesta/expressions/base.py
 */
export class WorkflowExpressions {
  readonly yaql: YaqlLanguage
  readonly jinja: JinjaLanguage
  readonly #limits: Limits

  constructor(options: WorkflowExpressionOptions = {}) {
    this.#limits = { ...WORKFLOW_LIMITS, ...options.limits }
    // what a text may be nested is more than what fields may hold of each other
    const limits = { ...this.#limits, depth: options.limits?.depth ?? DEFAULT_LIMITS.depth }
    this.yaql = new YaqlLanguage({ yaml: options.yaml, limits })
    this.jinja = new JinjaLanguage({ yaml: options.yaml, limits })
  }

  get #languages(): ExpressionLanguage[] {
    return [this.yaql, this.jinja]
  }

  /** Whether a text is an expression or holds one. */
  has(text: string): boolean {
    return this.#languages.some((language) => language.has(text))
  }

  /**
   * Evaluates the texts in a value, keys included; everything else stays as it is, and so do tuples and sets.
   *
   * @param data the whole context: variables, and `__state`, `__current_task`, `__current_item`
   * @returns floats with an integral value as `PyFloat`, tuples as `PyTuple`: `toJsonValue` makes plain data of it
   * @throws WorkflowExpressionError, ExpressionLimitError, MissingKeyError
   */
  evaluate(statement: unknown, data: Dict, options: FieldOptions = NO_OPTIONS): unknown {
    if (typeof statement === 'string') return this.#text(statement, data, options)
    if (isList(statement)) return statement.map((item) => this.evaluate(item, data, options))
    if (!isDict(statement)) return statement
    return dictFrom(
      entriesOf(statement).map(([key, value]): [unknown, unknown] => [
        this.evaluate(key, data, options),
        this.evaluate(value, data, options),
      ]),
    )
  }

  #text(text: string, data: Dict, options: FieldOptions): unknown {
    const prepared = this.yaql.prepare(text) ?? this.jinja.prepare(text)
    if (prepared === null) return text
    if (!isDict(data)) throw new PythonValueError('Provided data is not typeof dict.')
    const budget = new Budget(this.#limits)
    try {
      return evaluateField(prepared, data, budget, options)
    } catch (error) {
      // Which of the many expressions of a workflow it was.
      if (!(error instanceof ExpressionLimitError)) throw error
      throw new ExpressionLimitError(error.limit, error.allowed, text, { cause: error })
    }
  }

  /** Mistakes of grammar in the texts of a value, keys included, without evaluating them. */
  validate(statement: unknown): ExpressionMistake[] {
    if (isList(statement)) return statement.flatMap((item) => this.validate(item))
    if (isDict(statement)) {
      return entriesOf(statement).flatMap(([key, value]) => [...this.validate(key), ...this.validate(value)])
    }
    if (typeof statement !== 'string') return []
    const [first, second] = this.#languages.filter((language) => language.has(statement))
    if (first === undefined) return []
    if (second === undefined) return first.validate(statement)
    const message = 'Expression with multiple types is not supported.'
    return [{ type: null, expression: statement, message, line: 1, column: 1 }]
  }

  /** The variables of the workflow that the texts of a value mention as `ctx().x` or `ctx(x)`, with their places. */
  variables(statement: unknown): VariableReference[] {
    return extractVariables(statement)
  }
}

function evaluateField(prepared: PreparedText, data: Dict, budget: Budget, options: FieldOptions): unknown {
  try {
    return prepared.evaluate(new Field(data, budget, options, false))
  } catch (error) {
    if (!(error instanceof CallersDataError)) throw error
    return settled(prepared.evaluate(new Field(ownCopy(data, budget), budget, ownAnswers(options, budget), true)))
  }
}

function ownCopy(data: Dict, budget: Budget): Dict {
  const copy = copyOfData(data, budget)
  return isDict(copy) ? copy : data
}

/** What is looked up is no part of the data, and is not changed either. */
function ownAnswers(options: FieldOptions, budget: Budget): FieldOptions {
  const { lookUp } = options
  if (lookUp === undefined) return options
  return {
    ...options,
    lookUp: (request) => {
      const answer = lookUp(request)
      return answer.kind === 'value' ? { kind: 'value', value: copyOfData(answer.value, budget) } : answer
    },
  }
}

const NO_OPTIONS: FieldOptions = {}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && !(value instanceof PyTuple)
}
