import { type Dict, entriesOf, getKey, isDict, PythonValueError } from '@st2/python-values'
import { Environment, platformEnvironmentWith } from '../jinja/environment.ts'
import { renderTemplate } from '../jinja/template.ts'
import type { Limits } from '../limits.ts'
import type { FieldOptions } from '../orquesta/field.ts'
import { WorkflowExpressions } from '../orquesta/workflow-expressions.ts'
import type { YamlCodec } from '../platform/function-table.ts'
import { evaluateYaql } from '../yaql/evaluate.ts'

export const EXPRESSION_LANGUAGES = ['yaql', 'jinja'] as const
/**
 * `orquesta`: a field of a workflow, its delimiters in the text. `platform`: a template as parameters and rules hold them, Jinja only.
 * `plain`: the language alone; YAQL without delimiters, its `$` being the context.
 */
export const EXPRESSION_LAYERS = ['orquesta', 'platform', 'plain'] as const

export interface LayerRequest {
  language: (typeof EXPRESSION_LANGUAGES)[number]
  layer: (typeof EXPRESSION_LAYERS)[number]
  /** A text; in the layer of workflows any value of a field. */
  expression: unknown
  context: unknown
}

/** What differs from one evaluation to the next. */
export interface Surroundings extends FieldOptions {
  /** Microseconds since 1970 UTC. */
  now: () => number
  /** In [0, 1). */
  random: () => number
}

/** @throws PythonValueError that names the field at fault */
export function parseLayerRequest(message: unknown): LayerRequest {
  if (!isDict(message)) throw mistake('a request is a mapping with language, expression, context and layer')
  const language = oneOf(message, 'language', EXPRESSION_LANGUAGES)
  const layer = oneOf(message, 'layer', EXPRESSION_LAYERS)
  const expression = getKey(message, 'expression')
  if (typeof expression !== 'string' && layer !== 'orquesta') throw mistake('expression: a text was expected')
  if (expression === undefined) throw mistake('expression: missing')
  if (layer === 'platform' && language !== 'jinja') throw mistake("language: the layer 'platform' has jinja only")
  return { language, layer, expression, context: getKey(message, 'context') ?? null }
}

/** Evaluates in any layer: what a playground, a command line and a server have in common. */
export class LayerEvaluator {
  readonly #workflows: WorkflowExpressions
  readonly #platform: Environment
  /** Built-in filters, tests and names alone. */
  readonly #plain: Environment
  readonly #limits: Partial<Limits>

  /**
   * @param limits overrides of the defaults
   * @param workflowLimits those of the layer of workflows, and of YAQL alone
   */
  constructor(yaml: YamlCodec, limits: Partial<Limits> = {}, workflowLimits: Partial<Limits> = limits) {
    this.#limits = workflowLimits
    this.#workflows = new WorkflowExpressions({ yaml, limits: workflowLimits })
    this.#platform = platformEnvironmentWith({}, yaml, limits)
    this.#plain = new Environment({}, limits)
  }

  /** @throws PythonError with upstream's class and text, ExpressionLimitError, MissingKeyError */
  evaluate(request: LayerRequest, surroundings: Surroundings): unknown {
    const { language, layer, expression, context } = request
    if (layer === 'orquesta') return this.#workflows.evaluate(expression, mapping(context), surroundings)
    const source = String(expression)
    const { now, random } = surroundings
    if (language === 'yaql') return evaluateYaql(source, { data: context }, { now, random, limits: this.#limits })
    const environment = layer === 'platform' ? this.#platform : this.#plain
    return renderTemplate(source, names(context), { environment, random, undefined: 'strict' })
  }
}

function oneOf<T extends string>(message: Dict, field: string, allowed: readonly T[]): T {
  const value = getKey(message, field)
  const found = allowed.find((name) => name === value)
  if (found === undefined) throw mistake(`${field}: one of ${allowed.join(', ')} was expected`)
  return found
}

function mistake(reason: string): PythonValueError {
  return new PythonValueError(reason, {}, 'InvalidRequest')
}

function mapping(context: unknown): Dict {
  if (context === null) return {}
  if (!isDict(context)) throw mistake('context: a mapping was expected')
  return context
}

/** A mapping whose keys a plain object would put into another order has names all the same. */
function names(context: unknown): Record<string, unknown> {
  const given = mapping(context)
  return given instanceof Map
    ? Object.fromEntries(entriesOf(given).map(([key, value]): [string, unknown] => [String(key), value]))
    : given
}
