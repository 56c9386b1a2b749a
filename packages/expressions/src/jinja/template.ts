import { Budget, type Limits, withinStack } from '../limits.ts'
import type { Statement } from './ast.ts'
import { materialise, toList } from './collections.ts'
import { type Evaluate, ExpressionCompiler } from './compile-expression.ts'
import { type CompiledStatements, compileStatements } from './compile-statements.ts'
import { type Environment, platformEnvironment } from './environment.ts'
import { MARKUP_FILTERS } from './filters/html.ts'
import { plainData } from './filters/plain-data.ts'
import { freeNames, usesFilter } from './names.ts'
import { PyGenerator, PyIterator } from './objects.ts'
import { Output } from './output.ts'
import { copyOfData, onOwnDataIfNeeded, settled } from './own-data.ts'
import { type Names, Scope } from './scope.ts'
import { parseExpression, parseStatements } from './template-parser.ts'
import type { UndefinedMode } from './undefined.ts'

export interface EvaluationOptions {
  /** @default 'strict' */
  undefined?: UndefinedMode
  /** Overrides of the environment's limits; `depth` is the environment's alone, since parsing obeys it. */
  limits?: Partial<Omit<Limits, 'depth'>>
  /** Asked for names that the context does not have; `undefined` means it has none either. */
  lookup?: (name: string) => unknown
  /** Filters, tests and globals. @default platformEnvironment */
  environment?: Environment
  /** Values in [0, 1) for the filter `random`. Recorded with the evaluation it can be repeated. @default none: the filter fails */
  random?: () => number
  /** Shared with other evaluations: all of them together may use no more than it holds. @default one of its own */
  budget?: Budget
  /** For functions of the caller. */
  host?: unknown
  /**
   * Whether the names are a copy made for this evaluation, which it may change; where it says so, changing what is no copy ends
   * in a `CallersDataError`. @default the evaluation makes a copy when it needs one
   */
  ownsData?: boolean
}

/** A parsed and compiled template. It holds no state of a rendering and can be kept and shared. */
export class Template {
  readonly source: string
  readonly body: readonly Statement[]
  readonly environment: Environment
  /** Names it takes from its context, in order of appearance. */
  readonly undeclaredNames: readonly string[]
  readonly #compiled: CompiledStatements

  /** @throws TemplateSyntaxError, also as TemplateAssertionError for an unknown filter or test */
  constructor(source: string, environment: Environment) {
    const body = withinStack(environment.limits, () => parseStatements(source, environment.limits.depth))
    this.source = source
    this.body = body
    this.environment = environment
    this.undeclaredNames = freeNames(body, environment.globals)
    this.#compiled = withinStack(environment.limits, () => compileStatements(body, environment))
  }

  render(context: Names, options: EvaluationOptions = {}): string {
    const { execute, blocks, constantChecks } = this.#compiled
    return evaluated(context, options, this.environment, blocks, (scope) => {
      const output = new Output(scope.budget)
      withinStack(scope.budget.limits, () => {
        for (const check of constantChecks) check(scope)
        execute(scope, output)
      })
      return output.text()
    })
  }
}

/** Parses a template. @throws TemplateSyntaxError with line and column */
export function parseTemplate(source: string, environment: Environment = platformEnvironment): Template {
  return new Template(source, environment)
}

/** Renders to text. Pure: what it needs and was not given ends in an error, `MissingKeyError` for a look-up. */
export function renderTemplate(template: Template | string, context: Names, options: EvaluationOptions = {}): string {
  const parsed = typeof template === 'string' ? parseTemplate(template, options.environment) : template
  return parsed.render(context, options)
}

/** A parsed and compiled expression; like a template it can be kept and shared. */
export class CompiledExpression {
  readonly source: string
  readonly environment: Environment
  /** Names it takes from its context, in order of appearance. */
  readonly undeclaredNames: readonly string[]
  readonly #evaluate: Evaluate
  readonly #constantChecks: readonly ((scope: Scope) => void)[]
  readonly #mayMakeMarkup: boolean

  /** @throws TemplateSyntaxError, also as TemplateAssertionError for an unknown filter or test */
  constructor(source: string, environment: Environment = platformEnvironment) {
    const expression = withinStack(environment.limits, () => parseExpression(source, environment.limits.depth))
    this.source = source
    this.environment = environment
    this.undeclaredNames = freeNames(
      [{ type: 'output', expression, position: expression.position }],
      environment.globals,
    )
    this.#mayMakeMarkup = usesFilter(expression, MARKUP_FILTERS)
    const compiler = new ExpressionCompiler(environment)
    this.#evaluate = compiler.compile(expression)
    this.#constantChecks = compiler.constantChecks
  }

  /**
   * The native value; a generator, a view or a range becomes a list, a look-up its value. Floats with an integral value are
   * `PyFloat`, tuples `PyTuple`: `toJsonValue` makes plain data of it.
   *
   * @returns an `Undefined` where the expression leads to a name that does not exist
   */
  evaluate(context: Names, options: EvaluationOptions = {}): unknown {
    return evaluated(context, options, this.environment, NO_BLOCKS, (scope) => {
      const value = withinStack(scope.budget.limits, () => materialise(this.#run(scope), scope))
      const plain = this.#mayMakeMarkup ? plainData(value) : value
      return scope.evaluation.ownsData ? settled(plain) : plain
    })
  }

  /** The value as the language has it; only a generator becomes a list. `finish` makes plain data of it. */
  evaluateNative(context: Names, options: EvaluationOptions = {}): unknown {
    const scope = openScope(context, options, this.environment)
    return withinStack(scope.budget.limits, () => {
      const value = this.#run(scope)
      return value instanceof PyGenerator && !(value instanceof PyIterator) ? toList(value, scope) : value
    })
  }

  #run(scope: Scope): unknown {
    for (const check of this.#constantChecks) check(scope)
    return this.#evaluate(scope)
  }

  finish(value: unknown, options: EvaluationOptions = {}): unknown {
    const plain = materialise(value, openScope({}, options, this.environment))
    return this.#mayMakeMarkup ? plainData(plain) : plain
  }
}

/** Evaluates one expression, without braces, to its native value. */
export function evaluateExpression(source: string, context: Names, options: EvaluationOptions = {}): unknown {
  return new CompiledExpression(source, options.environment).evaluate(context, options)
}

/** The names a template takes from its context. @source jinja2: meta.py find_undeclared_variables */
export function undeclaredNames(template: Template | string): string[] {
  return [...(typeof template === 'string' ? parseTemplate(template) : template).undeclaredNames]
}

/** Whether the platform treats a value as a template. @source st2: st2common/st2common/util/jinja.py is_jinja_expression */
export function isTemplate(value: unknown): value is string {
  return typeof value === 'string' && (value.includes('{{') || value.includes('{%'))
}

const NO_BLOCKS: CompiledStatements['blocks'] = new Map()

/** Runs an evaluation, on a copy of its names where it changes them. */
function evaluated<T>(
  names: Names,
  options: EvaluationOptions,
  environment: Environment,
  blocks: CompiledStatements['blocks'],
  run: (scope: Scope) => T,
): T {
  if (options.ownsData !== undefined) return run(openScope(names, options, environment, blocks))
  const budget = options.budget ?? new Budget({ ...environment.limits, ...options.limits })
  return onOwnDataIfNeeded((ownsData) => {
    if (!ownsData) return run(openScope(names, { ...options, budget }, environment, blocks))
    const known = new Map<object, unknown>()
    const own = new Map(
      (names instanceof Map ? [...names] : Object.entries(names)).map(([name, value]): [string, unknown] => [
        String(name),
        copyOfData(value, budget, known),
      ]),
    )
    return run(openScope(own, { ...options, budget, ownsData }, environment, blocks))
  })
}

function openScope(
  names: Names,
  options: EvaluationOptions,
  environment: Environment,
  blocks: CompiledStatements['blocks'] = NO_BLOCKS,
): Scope {
  return new Scope({
    environment,
    budget: options.budget ?? new Budget({ ...environment.limits, ...options.limits }),
    own: null,
    ownsData: options.ownsData ?? false,
    host: options.host,
    undefinedMode: options.undefined ?? 'strict',
    names,
    resolve: options.lookup,
    random: options.random,
    autoescape: false,
    blocks,
  })
}
