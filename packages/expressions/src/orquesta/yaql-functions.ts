import { type Dict, dictFrom, isDict, isPlainObject, PyObject } from '@st2/python-values'
import type { Budget } from '../limits.ts'
import type { FunctionHost, PlatformFunction, YamlCodec } from '../platform/function-table.ts'
import {
  type FunctionDeclaration,
  named,
  optional,
  type Parameter,
  required,
  rest,
} from '../yaql/resolution/declaration.ts'
import { any, bool, int } from '../yaql/resolution/types.ts'
import { entriesOfMapping, YaqlDict } from '../yaql/values/dict.ts'
import { isIterable, isMapping, walk } from '../yaql/values/kinds.ts'
import { YaqlList } from '../yaql/values/list.ts'
import { reprOf, textOf } from '../yaql/values/text.ts'
import { fieldOf, NO_CONTEXT } from './field.ts'
import { platformFunctionsOfWorkflows } from './platform-functions.ts'
import { type LanguageValues, WORKFLOW_FUNCTIONS, WorkflowCall, type WorkflowFunction } from './workflow-functions.ts'

/** The functions of workflows and of the platform as YAQL calls them: never as methods, parameters in camelCase. */
export function workflowDeclarations(yaml: YamlCodec | undefined): FunctionDeclaration[] {
  return [
    ...WORKFLOW_FUNCTIONS.map(declareWorkflowFunction),
    ...platformFunctionsOfWorkflows().map((declaration) => declarePlatformFunction(declaration, yaml)),
  ]
}

function declareWorkflowFunction(declaration: WorkflowFunction): FunctionDeclaration {
  const { name, help, takesRest, takesNamed, takesContext } = declaration
  const parameters: Parameter<unknown>[] =
    takesRest === true ? [rest('args', any)] : parametersOf(declaration.parameters)
  if (takesNamed === true) parameters.push(named('kwargs', any))
  return {
    name,
    kind: 'function',
    parameters,
    help,
    takesRules: false,
    run: (scope, given) => {
      const field = fieldOf(scope.evaluation.host)
      const last: unknown = takesNamed === true ? given.pop() : undefined
      const args = takesRest === true ? restOf(given[0]) : given
      const named = last instanceof Map ? last : NO_NAMES
      return declaration.run(new WorkflowCall(takesContext ? field : NO_CONTEXT, field, { args, named }, YAQL_VALUES))
    },
  }
}

const NO_NAMES: ReadonlyMap<string, unknown> = new Map()

function restOf(args: unknown): unknown[] {
  return Array.isArray(args) ? args : []
}

const YAQL_VALUES: LanguageValues = {
  isFrozen: true,
  list: (items) => YaqlList.from(items),
  tuple: (items) => items,
  dict: (entries) => new YaqlDict('dict', entries),
  items: (value, budget) => {
    if (typeof value === 'string') return Array.from(value)
    if (isMapping(value)) return Array.from(entriesOfMapping(value), ([key]) => key)
    return isIterable(value) ? walk(value, budget) : undefined
  },
}

/** A parameter without a type takes that of its default. */
function parametersOf(parameters: PlatformFunction['parameters']): Parameter<unknown>[] {
  return parameters.map((parameter) => {
    if (typeof parameter === 'string') return required(camelCase(parameter), any)
    const [name, value] = parameter
    if (typeof value === 'boolean') return optional(camelCase(name), bool, value)
    return typeof value === 'number' ? optional(camelCase(name), int, value) : optional(camelCase(name), any, value)
  })
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function declarePlatformFunction(declaration: PlatformFunction, yaml: YamlCodec | undefined): FunctionDeclaration {
  const { name, pythonName, parameters, help, run } = declaration
  const view = VIEWS[pythonName] ?? asText
  return {
    name,
    kind: 'function',
    parameters: parametersOf(parameters),
    help,
    takesRules: false,
    run: (scope, [value, ...others]) => {
      const { budget } = scope.evaluation
      const host: FunctionHost = { budget, yaml, isFrozen: isFrozen(value) }
      return fromPython(run([view(value, budget), ...others.map((other) => plain(other, budget))], host), budget)
    },
  }
}

function isFrozen(value: unknown): boolean {
  return !(value instanceof YaqlList) && !(value instanceof YaqlDict && value.pyType === 'dict')
}

type View = (value: unknown, budget: Budget) => unknown

/** What a function sees of its first argument; functions that are not here take texts. */
const VIEWS: Record<string, View> = {
  to_json_string: thawed,
  to_yaml_string: thawed,
  json_escape: frozen,
  jsonpath_query: plain,
  use_none: (value) => value,
}

/** Functions of texts print what is none; numbers keep their kind. */
function asText(value: unknown): unknown {
  return isMapping(value) || isIterable(value) ? new Printed(value) : value
}

/** A collection of YAQL where only its text counts. */
class Printed extends PyObject {
  readonly pyType: string
  readonly #value: unknown

  constructor(value: unknown) {
    super()
    this.#value = value
    this.pyType = kindOf(value)
  }

  override pyStr(): string {
    return textOf(this.#value)
  }

  pyRepr(): string {
    return reprOf(this.#value)
  }
}

function kindOf(value: unknown): string {
  if (value instanceof YaqlList) return 'list'
  if (value instanceof PyObject) return value.pyType
  if (Array.isArray(value)) return 'tuple'
  return isMapping(value) ? 'FrozenDict' : 'frozenset'
}

/** Mappings at the top and inside of mappings and lists become plain ones; inside of a tuple they stay frozen. */
function thawed(value: unknown, budget: Budget): unknown {
  budget.spend()
  if (isMapping(value)) return budget.nested(() => mapDict(value, (inner) => thawed(inner, budget)))
  if (value instanceof YaqlList) return budget.nested(() => Array.from(value, (item) => thawed(item, budget)))
  return frozen(value, budget)
}

function frozen(value: unknown, budget: Budget): unknown {
  budget.spend()
  if (Array.isArray(value)) return budget.nested(() => Array.from(value, (item: unknown) => frozen(item, budget)))
  if (value instanceof YaqlDict && value.pyType === 'dict') {
    return budget.nested(() => mapDict(value, (inner) => frozen(inner, budget)))
  }
  return isMapping(value) || isIterable(value) ? new Printed(value) : value
}

function plain(value: unknown, budget: Budget): unknown {
  budget.spend()
  if (isPlainData(value)) return value
  if (isMapping(value)) return budget.nested(() => mapDict(value, (inner) => plain(inner, budget)))
  if (isIterable(value)) return budget.nested(() => Array.from(walk(value, budget), (item) => plain(item, budget)))
  return value
}

/** Data of the workflow, which holds no values of the language. */
function isPlainData(value: unknown): boolean {
  return isPlainObject(value) || value instanceof Map || typeof value !== 'object'
}

function mapDict(mapping: Parameters<typeof entriesOfMapping>[0], change: (value: unknown) => unknown): Dict {
  return dictFrom(Array.from(entriesOfMapping(mapping), ([key, value]): [unknown, unknown] => [key, change(value)]))
}

/** Lists and dicts that a function made are those of Python: they can be no keys. */
function fromPython(value: unknown, budget: Budget): unknown {
  budget.spend()
  if (value instanceof YaqlList || value instanceof YaqlDict) return value
  if (Array.isArray(value))
    return budget.nested(() => YaqlList.from(Array.from(value, (item: unknown) => fromPython(item, budget))))
  if (!isDict(value)) return value
  return budget.nested(
    () =>
      new YaqlDict(
        'dict',
        Array.from(entriesOfMapping(value), ([key, inner]) => [key, fromPython(inner, budget)] as const),
      ),
  )
}
