import { type Dict, entriesOf, getKey, isDict, PythonValueError } from '@st2/python-values'
import { dumpYaml, parseYaml } from '@st2/yaml'
import {
  Environment,
  evaluateYaql,
  platformEnvironmentWith,
  renderTemplate,
  WorkflowExpressions,
  type YamlCodec,
} from '../src/index.ts'

const LANGUAGES = ['yaql', 'jinja'] as const
const LAYERS = ['orquesta', 'platform', 'plain'] as const

export interface ExpressionRequest {
  language: (typeof LANGUAGES)[number]
  layer: (typeof LAYERS)[number]
  /** A text; in the layer of workflows any value of a field. */
  expression: unknown
  context: unknown
}

/** What differs from one evaluation to the next. */
export interface Surroundings {
  /** Microseconds since 1970 UTC. */
  now: () => number
  /** In [0, 1). */
  random: () => number
}

const YAML: YamlCodec = {
  parse: (text) => parseYaml(text),
  dump: (value, { indent, allowUnicode }) => dumpYaml(value, { ...(indent === null ? {} : { indent }), allowUnicode }),
}

const workflows = new WorkflowExpressions({ yaml: YAML })
const platform = platformEnvironmentWith({}, YAML)
/** Built-in filters, tests and names alone. */
const plain = new Environment()

/** @throws PythonValueError that names the field at fault */
export function parseRequest(message: unknown): ExpressionRequest {
  if (!isDict(message)) throw mistake('a line holds a mapping with id, language, expression, context and layer')
  const language = oneOf(message, 'language', LANGUAGES)
  const layer = oneOf(message, 'layer', LAYERS)
  const expression = getKey(message, 'expression')
  if (typeof expression !== 'string' && layer !== 'orquesta') throw mistake('expression: a text was expected')
  if (expression === undefined) throw mistake('expression: missing')
  if (layer === 'platform' && language !== 'jinja') throw mistake("language: the layer 'platform' has jinja only")
  return { language, layer, expression, context: getKey(message, 'context') ?? null }
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

/** @throws PythonError with upstream's class and text, ExpressionLimitError */
export function evaluateRequest(request: ExpressionRequest, { now, random }: Surroundings): unknown {
  const { language, layer, expression, context } = request
  if (layer === 'orquesta') return workflows.evaluate(expression, mapping(context), { now, random })
  const source = String(expression)
  if (language === 'yaql') return evaluateYaql(source, { data: context }, { now, random })
  const environment = layer === 'platform' ? platform : plain
  return renderTemplate(source, names(context), { environment, random, undefined: 'strict' })
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
