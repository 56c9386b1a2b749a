import { PythonError, str } from '@st2/python-values'
import { CompiledCache } from '../compiled-cache.ts'
import { isIterable, iterate } from '../jinja/collections.ts'
import { Environment } from '../jinja/environment.ts'
import { TemplateSyntaxError } from '../jinja/errors.ts'
import { asFilter } from '../jinja/filters/platform.ts'
import { type Call, PyFunction, valueOf } from '../jinja/objects.ts'
import type { Filter } from '../jinja/registry.ts'
import type { Scope } from '../jinja/scope.ts'
import { bind } from '../jinja/signature.ts'
import { CompiledExpression, type EvaluationOptions, Template } from '../jinja/template.ts'
import { parseLoosely, parseStatements } from '../jinja/template-parser.ts'
import { Undefined } from '../jinja/undefined.ts'
import { DEFAULT_LIMITS, ExpressionLimitError, type Limits } from '../limits.ts'
import { MissingKeyError } from '../missing-key.ts'
import { dictFrom, PyTuple } from '@st2/python-values'
import type { YamlCodec } from '../platform/function-table.ts'
import {
  contentOffset,
  findBlocks,
  findExpressions,
  findRawBlocks,
  hasExpressions,
  stripDelimiters,
} from './delimiters.ts'
import { WorkflowExpressionError } from './errors.ts'
import { type ExpressionLanguage, type ExpressionMistake, type FieldEvaluation, placeOf } from './language.ts'
import { platformFunctionsOfWorkflows } from './platform-functions.ts'
import { type LanguageValues, WORKFLOW_FUNCTIONS, type WorkflowFunction } from './workflow-functions.ts'

/** Jinja in workflows: each `{{ }}` by itself, the whole text where it has a `{% %}`. @source orquesta: orquesta/expressions/jinja.py */
export class JinjaLanguage implements ExpressionLanguage {
  readonly type = 'jinja'
  readonly environment: Environment
  readonly #expressions: CompiledCache<CompiledExpression>
  readonly #templates: CompiledCache<Template>

  constructor(options: { yaml?: YamlCodec | undefined; limits?: Limits } = {}) {
    const { yaml, limits = DEFAULT_LIMITS } = options
    const functions = { filters: FILTERS, globals: FUNCTIONS }
    this.environment = new Environment(yaml === undefined ? functions : { ...functions, yaml }, limits)
    this.#expressions = new CompiledCache((source) => new CompiledExpression(source, this.environment))
    this.#templates = new CompiledCache((source) => new Template(source, this.environment))
  }

  has(text: string): boolean {
    return hasExpressions('jinja', text)
  }

  evaluate(given: string, field: FieldEvaluation): unknown {
    const raw = findRawBlocks(given).map(({ text }) => text)
    // a placeholder that stands in the text already is replaced too, as upstream does
    const text = raw.reduce((result, block, at) => result.replaceAll(block, () => `{${at}}`), given)
    const output = this.#expand(text, field)
    if (typeof output !== 'string') return output
    const unresolved = findExpressions('jinja', output).map((found) => stripDelimiters('jinja', found.text))
    if (unresolved.length > 0) {
      throw new WorkflowExpressionError('jinja', null, `There are unresolved variables: ${unresolved.join(', ')}`)
    }
    if (raw.length === 0) return output
    const restored = raw.reduce((result, block, at) => result.replaceAll(`{${at}}`, () => block), output)
    return this.#render(restored, field)
  }

  #expand(text: string, field: FieldEvaluation): unknown {
    return field.budget.nested(() => {
      if (findBlocks(text).length === 0) return this.#expandInline(text, field)
      return this.#explained(text, () => this.#expand(this.#render(text, field), field))
    })
  }

  #render(text: string, field: FieldEvaluation): string {
    field.budget.spend()
    return this.#templates.get(text).render(field.context, optionsOf(field))
  }

  #expandInline(text: string, field: FieldEvaluation): unknown {
    const expressions = findExpressions('jinja', text)
    let output = text
    for (const { text: expression } of expressions) {
      const isWhole = expressions.length === 1 && output.length === expression.length
      const replaced = this.#explained(expression, () => {
        const { value, finish } = this.#value(expression, field)
        if (value instanceof Undefined && value.mode === 'strict') return output
        return isWhole ? finish() : output.replaceAll(expression, () => str(value))
      })
      if (isWhole) return replaced
      output = str(replaced)
      field.budget.requireLength(output.length)
    }
    return output
  }

  /** The value of one expression; text in it is expanded again. */
  #value(expression: string, field: FieldEvaluation): { value: unknown; finish: () => unknown } {
    const compiled = this.#expressions.get(stripDelimiters('jinja', expression))
    const options = optionsOf(field)
    const native = valueOf(compiled.evaluateNative(field.context, options))
    const value = typeof native === 'string' ? this.#expand(native, field) : native
    return { value, finish: () => compiled.finish(value, options) }
  }

  /** Says which expression failed. Limits and missing answers are the caller's business and stay as they are. */
  #explained<T>(expression: string, run: () => T): T {
    try {
      return run()
    } catch (error) {
      if (!(error instanceof Error) || error instanceof ExpressionLimitError || error instanceof MissingKeyError)
        throw error
      const kind = error instanceof PythonError ? error.pythonType : error.name
      throw new WorkflowExpressionError(
        'jinja',
        expression,
        `Unable to evaluate expression '${expression}'. ${kind}: ${messageOf(error)}`,
        { cause: error },
      )
    }
  }

  validate(text: string): ExpressionMistake[] {
    const whole = this.#mistake(text, 0, text, () => parseStatements(text, this.environment.limits.depth))
    const mistakes = whole === null ? [] : [whole]
    for (const found of findExpressions('jinja', text)) {
      if (mistakes.some(({ expression }) => expression === found.text)) continue
      const content = stripDelimiters('jinja', found.text)
      const offset = found.offset + contentOffset('jinja', found.text)
      const mistake = this.#mistake(found.text, offset, text, () =>
        parseLoosely(content, this.environment.limits.depth),
      )
      if (mistake !== null) mistakes.push(mistake)
    }
    return mistakes
  }

  #mistake(expression: string, offset: number, text: string, parse: () => void): ExpressionMistake | null {
    try {
      parse()
      return null
    } catch (error) {
      if (!(error instanceof TemplateSyntaxError)) throw error
      const start = placeOf(text, offset)
      const place = {
        line: start.line + error.line - 1,
        column: error.line === 1 ? start.column + error.column - 1 : error.column,
      }
      return { type: 'jinja', expression, message: error.message, ...place }
    }
  }
}

/** A function to which upstream has bound the context. */
class Partial extends PyFunction {
  override readonly pyType = 'functools.partial'
}

/** Upstream adds the line where the very first token is none. */
function messageOf(error: Error): string {
  const isFirst = error instanceof TemplateSyntaxError && error.line === 1 && error.column === 1
  return isFirst && /^(?:unexpected char|unexpected '[)\]}]'|Invalid char)/.test(error.message)
    ? `${error.message}\n  line 1`
    : error.message
}

function optionsOf(field: FieldEvaluation): EvaluationOptions {
  return {
    undefined: 'strict',
    budget: field.budget,
    host: field,
    ...(field.random === undefined ? {} : { random: field.random }),
  }
}

const JINJA_VALUES: LanguageValues = {
  isFrozen: false,
  list: (items) => items,
  tuple: (items) => PyTuple.from(items),
  dict: (entries) => dictFrom(entries),
  items: (value) => (isIterable(value) ? iterate(value) : undefined),
}

/** Calls a function of workflows with the arguments as they were written. */
function callWorkflowFunction(declaration: WorkflowFunction, call: Call, context: unknown): unknown {
  const { scope } = call
  const { args, named } = argumentsOf(declaration, call)
  return declaration.run({
    context,
    args,
    named,
    values: JINJA_VALUES,
    onStep: () => scope.budget.spend(),
    lookUp: (request) => fieldOf(scope).lookUp(request),
  })
}

function argumentsOf({ pythonName, parameters, takesRest, takesNamed }: WorkflowFunction, { args, kwargs }: Call) {
  const values = args.map(valueOf)
  if (takesRest === true) return { args: values, named: new Map(Object.entries(kwargs)) }
  if (takesNamed !== true)
    return { args: bind(pythonName, parameters, values, kwargs), named: new Map<string, unknown>() }
  const names = parameters.map((parameter) => (typeof parameter === 'string' ? parameter : parameter[0]))
  const [own, others] = partition(Object.entries(kwargs), ([name]) => names.includes(name))
  return { args: bind(pythonName, parameters, values, Object.fromEntries(own)), named: new Map(others) }
}

function partition<T>(items: T[], belongs: (item: T) => boolean): [T[], T[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))]
}

function fieldOf(scope: Scope): FieldEvaluation {
  const { host } = scope.evaluation
  if (isField(host)) return host
  throw new TypeError('a function of workflows was called outside of a field of a workflow')
}

function isField(host: unknown): host is FieldEvaluation {
  return typeof host === 'object' && host !== null && 'lookUp' in host && 'context' in host
}

/** As filters: a function that sees the workflow's data takes what is piped in for them. */
const FILTERS: Record<string, Filter> = Object.fromEntries([
  ...platformFunctionsOfWorkflows().map((declaration): [string, Filter] => [declaration.name, asFilter(declaration)]),
  ...WORKFLOW_FUNCTIONS.map((declaration): [string, Filter] => [
    declaration.name,
    (value, call) =>
      declaration.takesContext
        ? callWorkflowFunction(declaration, call, valueOf(value))
        : callWorkflowFunction(declaration, { ...call, args: [value, ...call.args] }, null),
  ]),
])

const FUNCTIONS: Record<string, unknown> = Object.fromEntries([
  ...platformFunctionsOfWorkflows().map(({ name, pythonName, parameters, run }): [string, PyFunction] => [
    name,
    new PyFunction(pythonName, ({ args, kwargs, scope }) =>
      run(bind(pythonName, parameters, args.map(valueOf), kwargs), {
        budget: scope.budget,
        yaml: scope.environment.yaml,
        isFrozen: false,
      }),
    ),
  ]),
  ...WORKFLOW_FUNCTIONS.map((declaration): [string, PyFunction] => [
    declaration.name,
    declaration.takesContext
      ? new Partial(declaration.pythonName, (call) =>
          callWorkflowFunction(declaration, call, fieldOf(call.scope).context),
        )
      : new PyFunction(declaration.pythonName, (call) => callWorkflowFunction(declaration, call, null)),
  ]),
])
