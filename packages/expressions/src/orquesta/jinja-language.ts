import { dictFrom, getKey, PyObject, PythonError, PyTuple, str } from '@st2/python-values'
import { CompiledCache } from '../compiled-cache.ts'
import { isIterable, iterate } from '../jinja/collections.ts'
import { Environment } from '../jinja/environment.ts'
import { TemplateSyntaxError } from '../jinja/errors.ts'
import { asFilter } from '../jinja/filters/platform.ts'
import { type Call, PyFunction, valueOf } from '../jinja/objects.ts'
import type { Filter } from '../jinja/registry.ts'
import type { Names } from '../jinja/scope.ts'
import { bind } from '../jinja/signature.ts'
import { CallersDataError } from '../jinja/own-data.ts'
import { CompiledExpression, type EvaluationOptions, Template } from '../jinja/template.ts'
import { parseLoosely, parseStatements } from '../jinja/template-parser.ts'
import { Undefined } from '../jinja/undefined.ts'
import { DEFAULT_LIMITS, ExpressionLimitError, type Limits } from '../limits.ts'
import { MissingKeyError } from '../missing-key.ts'
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
import { type ContextSource, type Field, fieldOf, NO_CONTEXT } from './field.ts'
import { type ExpressionLanguage, type ExpressionMistake, placeOf, type PreparedText } from './language.ts'
import { platformFunctionsOfWorkflows } from './platform-functions.ts'
import { type LanguageValues, WORKFLOW_FUNCTIONS, WorkflowCall, type WorkflowFunction } from './workflow-functions.ts'
import { subscript } from './workflow-state.ts'

/** One expression of a text. It is compiled when it is reached: the mistakes of those before it come first. */
interface Part {
  /** With its delimiters. */
  text: string
  source: string
  compiled: CompiledExpression | null
}

/** Jinja in workflows: each `{{ }}` by itself, the whole text where it has a `{% %}`. @source orquesta: orquesta/expressions/jinja.py */
export class JinjaLanguage implements ExpressionLanguage {
  readonly type = 'jinja'
  readonly environment: Environment
  readonly #expressions: CompiledCache<CompiledExpression>
  readonly #templates: CompiledCache<Template>
  readonly #fields = new CompiledCache<PreparedText>((text) => this.#prepareField(text))
  readonly #texts = new CompiledCache<PreparedText>((text) => this.#prepareText(text))

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

  prepare(given: string): PreparedText | null {
    if (!mayHold(given)) return null
    return this.#fields.find(given) ?? (this.has(given) ? this.#fields.get(given) : null)
  }

  #prepareField(given: string): PreparedText {
    const raw = findRawBlocks(given).map(({ text }) => text)
    // a placeholder that stands in the text already is replaced too, as upstream does
    const text = raw.reduce((result, block, at) => result.replaceAll(block, () => `{${at}}`), given)
    let prepared: PreparedText | null = null
    return {
      evaluate: (field) => {
        prepared ??= this.#texts.get(text)
        const output = prepared.evaluate(field)
        if (typeof output !== 'string') return output
        requireResolved(output)
        if (raw.length === 0) return output
        const restored = raw.reduce((result, block, at) => result.replaceAll(`{${at}}`, () => block), output)
        return this.#render(restored, field)
      },
    }
  }

  /** A field's text, or a text that a value is. */
  #expand(text: string, field: Field): unknown {
    if (!mayHold(text)) return text
    return this.#texts.get(text).evaluate(field)
  }

  #prepareText(text: string): PreparedText {
    if (findBlocks(text).length > 0) {
      return {
        evaluate: (field) =>
          field.budget.nested(() => {
            try {
              return this.#expand(this.#render(text, field), field)
            } catch (error) {
              throw explained(text, error)
            }
          }),
      }
    }
    const parts = findExpressions('jinja', text).map((found): Part => {
      return { text: found.text, source: stripDelimiters('jinja', found.text), compiled: null }
    })
    const [only] = parts
    if (parts.length === 1 && only?.text.length === text.length) {
      return { evaluate: (field) => field.budget.nested(() => this.#whole(only, field)) }
    }
    return { evaluate: (field) => field.budget.nested(() => this.#mixed(text, parts, field)) }
  }

  #render(text: string, field: Field): string {
    field.budget.spend()
    return this.#templates.get(text).render(field.context, optionsOf(field))
  }

  /** A text that is one expression keeps the kind of its value. */
  #whole(part: Part, field: Field): unknown {
    try {
      const value = this.#value(part, field)
      if (isUnresolved(value)) return part.text
      return value instanceof PyObject && part.compiled !== null ? part.compiled.finish(value, optionsOf(field)) : value
    } catch (error) {
      throw explained(part.text, error)
    }
  }

  #mixed(text: string, parts: Part[], field: Field): string {
    let output = text
    for (const part of parts) {
      try {
        const value = this.#value(part, field)
        if (!isUnresolved(value)) output = output.replaceAll(part.text, () => str(value))
      } catch (error) {
        throw explained(part.text, error)
      }
      field.budget.requireLength(output.length)
    }
    return output
  }

  /** The value of one expression; text in it is expanded again. */
  #value(part: Part, field: Field): unknown {
    part.compiled ??= this.#expressions.get(part.source)
    const value = valueOf(part.compiled.evaluateNative(NO_NAMES, optionsOf(field)))
    return typeof value === 'string' ? this.#expand(value, field) : value
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

const NO_NAMES: Names = new Map()

function mayHold(text: string): boolean {
  return text.includes('{{') || text.includes('{%')
}

function isUnresolved(value: unknown): boolean {
  return value instanceof Undefined && value.mode === 'strict'
}

function requireResolved(output: string): void {
  if (!output.includes('{{')) return
  const unresolved = findExpressions('jinja', output).map((found) => stripDelimiters('jinja', found.text))
  if (unresolved.length === 0) return
  throw new WorkflowExpressionError('jinja', null, `There are unresolved variables: ${unresolved.join(', ')}`)
}

function isForTheCaller(error: Error): boolean {
  return error instanceof ExpressionLimitError || error instanceof MissingKeyError || error instanceof CallersDataError
}

/** Says which expression failed. Limits and missing answers are the caller's business and stay as they are. */
function explained(expression: string, error: unknown): unknown {
  if (!(error instanceof Error) || isForTheCaller(error)) return error
  const kind = error instanceof PythonError ? error.pythonType : error.name
  const message = `Unable to evaluate expression '${expression}'. ${kind}: ${messageOf(error)}`
  return new WorkflowExpressionError('jinja', expression, message, { cause: error })
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

/** Names of the workflow's data are looked up where an expression uses them, which few do. */
function optionsOf(field: Field): EvaluationOptions {
  const { budget, random, ownsData } = field
  const lookup = (name: string): unknown => (name.startsWith('__') ? getKey(field.context, name) : undefined)
  if (random === undefined) return { undefined: 'strict', budget, host: field, lookup, ownsData }
  return { undefined: 'strict', budget, host: field, lookup, ownsData, random }
}

const JINJA_VALUES: LanguageValues = {
  isFrozen: false,
  list: (items) => items,
  tuple: (items) => PyTuple.from(items),
  dict: (entries) => dictFrom(entries),
  items: (value) => (isIterable(value) ? iterate(value) : undefined),
}

/** Calls a function of workflows with the arguments as they were written. */
function callWorkflowFunction(declaration: WorkflowFunction, call: Call, source: ContextSource): unknown {
  const given = argumentsOf(declaration, call)
  return declaration.run(new WorkflowCall(source, fieldOf(call.scope.evaluation.host), given, JINJA_VALUES))
}

/** Where a function that sees the workflow's data is used as a filter, what is piped in stands for them. */
class PipedContext implements ContextSource {
  readonly context: unknown

  constructor(context: unknown) {
    this.context = context
  }

  get variables(): unknown {
    return subscript(this.context, '__vars')
  }
}

const NO_NAMED: ReadonlyMap<string, unknown> = new Map()

function argumentsOf({ pythonName, parameters, takesRest, takesNamed }: WorkflowFunction, { args, kwargs }: Call) {
  const values = args.map(valueOf)
  if (takesRest === true) return { args: values, named: new Map(Object.entries(kwargs)) }
  if (takesNamed !== true) return { args: bind(pythonName, parameters, values, kwargs), named: NO_NAMED }
  const names = parameters.map((parameter) => (typeof parameter === 'string' ? parameter : parameter[0]))
  const [own, others] = partition(Object.entries(kwargs), ([name]) => names.includes(name))
  return { args: bind(pythonName, parameters, values, Object.fromEntries(own)), named: new Map(others) }
}

function partition<T>(items: T[], belongs: (item: T) => boolean): [T[], T[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))]
}

/** As filters: a function that sees the workflow's data takes what is piped in for them. */
const FILTERS: Record<string, Filter> = Object.fromEntries([
  ...platformFunctionsOfWorkflows().map((declaration): [string, Filter] => [declaration.name, asFilter(declaration)]),
  ...WORKFLOW_FUNCTIONS.map((declaration): [string, Filter] => [
    declaration.name,
    (value, call) =>
      declaration.takesContext
        ? callWorkflowFunction(declaration, call, new PipedContext(valueOf(value)))
        : callWorkflowFunction(declaration, { ...call, args: [value, ...call.args] }, NO_CONTEXT),
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
          callWorkflowFunction(declaration, call, fieldOf(call.scope.evaluation.host)),
        )
      : new PyFunction(declaration.pythonName, (call) => callWorkflowFunction(declaration, call, NO_CONTEXT)),
  ]),
])
