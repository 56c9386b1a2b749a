import { type Limits, YAQL_LIMITS } from '../limits.ts'
import type { Node } from './ast.ts'
import { compile } from './compile.ts'
import { YaqlResolutionError } from './errors.ts'
import { Evaluation, type Surroundings } from './evaluation.ts'
import { STANDARD_YAQL_FUNCTIONS, type YaqlFunctions } from './functions.ts'
import { parseExpression } from './parser.ts'
import type { Code } from './resolution/code.ts'
import { Scope, type Variables } from './scope.ts'
import { NO_VALUE } from './values/kinds.ts'
import { convertOutput } from './values/output.ts'

/** What an expression sees. */
export interface YaqlContext {
  /** `$`. @default null */
  data?: unknown
  /** `$name`, by name without the sign. */
  variables?: Variables
  /** @default the standard library */
  functions?: YaqlFunctions
}

export interface YaqlOptions extends Surroundings {
  limits?: Partial<Limits>
}

/** A parsed expression. It holds no data: one serves any number of evaluations. */
export class YaqlExpression {
  readonly source: string
  readonly tree: Node
  readonly #code: Code

  constructor(source: string, tree: Node) {
    this.source = source
    this.tree = tree
    this.#code = compile(tree)
  }

  /** @throws PythonError with upstream's class in `pythonType`, ExpressionLimitError, MissingKeyError */
  evaluate(context: YaqlContext = {}, options: YaqlOptions = {}): unknown {
    const base = options.budget?.limits ?? YAQL_LIMITS
    const limits = options.limits === undefined ? base : { ...base, ...options.limits }
    const evaluation = new Evaluation(limits, options)
    const layer = (context.functions ?? STANDARD_YAQL_FUNCTIONS).layer
    const scope = new Scope(evaluation, layer, null, context.variables)
    if (context.data !== undefined) scope.set('', context.data)
    return evaluation.bounded(() => {
      const value = this.#code.run(scope)
      if (value === NO_VALUE) throw noFinalValue()
      return convertOutput(value, evaluation.budget)
    })
  }
}

/** Upstream's last step is a function too, which takes everything but an argument left out. */
function noFinalValue(): YaqlResolutionError {
  const message = 'No function "#finalize" matches supplied arguments'
  return new YaqlResolutionError('NoMatchingFunctionException', message)
}

/** @throws YaqlGrammarError, YaqlLexicalError with line and column */
export function parseYaql(source: string, maxDepth = YAQL_LIMITS.depth): YaqlExpression {
  return new YaqlExpression(source, parseExpression(source, maxDepth))
}

/**
 * Evaluates an expression, without delimiters. The data is neither copied nor changed; its lists count as tuples and its
 * mappings as frozen, as upstream's input conversion makes them.
 *
 * @returns plain data: arrays, objects (a Map where a key is no text), Sets, scalars; dates and patterns as they are
 */
export function evaluateYaql(
  expression: string | YaqlExpression,
  context: YaqlContext = {},
  options: YaqlOptions = {},
): unknown {
  const parsed = typeof expression === 'string' ? parseYaql(expression, options.limits?.depth) : expression
  return parsed.evaluate(context, options)
}
