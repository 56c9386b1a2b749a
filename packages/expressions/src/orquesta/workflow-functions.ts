import {
  getKey,
  hasKey,
  isDict,
  isTruthy,
  PythonError,
  PythonKeyError,
  PythonTypeError,
  repr,
  requireHashable,
  str,
  typeName,
} from '@st2/python-values'
import type { Parameters } from '../jinja/signature.ts'
import type { Budget } from '../limits.ts'
import { ExpressionEvaluationError, variableInaccessible, variableUndefined } from './errors.ts'
import type { ContextSource, Field } from './field.ts'
import { loadJson } from './python-json.ts'
import type { LookUpAnswer, LookUpRequest } from './look-ups.ts'
import { currentTask, findEntry, subscript, taskStatus } from './workflow-state.ts'

/** How a language holds its values. */
export interface LanguageValues {
  isFrozen: boolean
  list: (items: unknown[]) => unknown
  tuple: (items: unknown[]) => unknown
  dict: (entries: [string, unknown][]) => unknown
  /** The items of anything that can be walked; `undefined` for other values. */
  items: (value: unknown, budget: Budget) => Iterable<unknown> | undefined
}

/** A call of a function that only workflows have. */
export class WorkflowCall {
  readonly #source: ContextSource
  readonly #field: Field
  readonly args: unknown[]
  /** Arguments by name that are no parameters, for functions that take them. */
  readonly named: ReadonlyMap<string, unknown>
  readonly values: LanguageValues

  constructor(
    source: ContextSource,
    field: Field,
    given: { args: unknown[]; named: ReadonlyMap<string, unknown> },
    values: LanguageValues,
  ) {
    this.#source = source
    this.#field = field
    this.args = given.args
    this.named = given.named
    this.values = values
  }

  /** `__vars`, `__state`, `__current_task`, `__current_item`; what is piped in where the function is used as a filter. */
  get context(): unknown {
    return this.#source.context
  }

  /** `__vars` of the context. */
  get variables(): unknown {
    return this.#source.variables
  }

  get budget(): Budget {
    return this.#field.budget
  }

  /** @throws MissingKeyError when the answer must be fetched first */
  lookUp(request: LookUpRequest): LookUpAnswer {
    return this.#field.lookUp(request)
  }
}

/** A function that only workflows have. */
export interface WorkflowFunction {
  name: string
  /** What Python's messages call it. */
  pythonName: string
  parameters: Parameters
  /** Takes any number of positional arguments instead of parameters. */
  takesRest?: true
  /** Takes arguments by any name. */
  takesNamed?: true
  /** Sees the workflow's data. */
  takesContext: boolean
  /** One line for completions. */
  help: string
  run: (call: WorkflowCall) => unknown
}

const COMPLETED = ['succeeded', 'failed', 'timeout', 'abandoned', 'canceled']

/** @source orquesta: orquesta/expressions/functions; st2: contrib/runners/orquesta_runner/orquesta_functions */
export const WORKFLOW_FUNCTIONS: readonly WorkflowFunction[] = [
  {
    name: 'ctx',
    pythonName: 'ctx_',
    parameters: [['key', null]],
    takesContext: true,
    help: 'A variable of the workflow, or all of them.',
    run: (call) => (isTruthy(call.args[0]) ? variable(call, call.args[0]) : allVariables(call)),
  },
  {
    name: 'item',
    pythonName: 'item_',
    parameters: [['key', null]],
    takesContext: true,
    help: 'The current item of a task with items, or one of its keys.',
    run: ({ context, args: [key] }) => currentItem(context, key),
  },
  {
    name: 'task_status',
    pythonName: 'task_status_',
    parameters: ['task_id', ['route', null]],
    takesContext: true,
    help: 'The status of the latest run of a task.',
    run: ({ context, args: [task, route] }) => taskStatus(context, task, route),
  },
  {
    name: 'succeeded',
    pythonName: 'succeeded_',
    parameters: [],
    takesContext: true,
    help: 'Whether the current task succeeded.',
    run: ({ context }) => currentStatus(context) === 'succeeded',
  },
  {
    name: 'failed',
    pythonName: 'failed_',
    parameters: [],
    takesContext: true,
    help: 'Whether the current task failed.',
    run: ({ context }) => currentStatus(context) === 'failed',
  },
  {
    name: 'completed',
    pythonName: 'completed_',
    parameters: [],
    takesContext: true,
    help: 'Whether the current task has ended, in whatever way.',
    run: ({ context }) => {
      const status = currentStatus(context)
      return typeof status === 'string' && COMPLETED.includes(status)
    },
  },
  {
    name: 'result',
    pythonName: 'result_',
    parameters: [],
    takesContext: true,
    help: 'The result of the current task.',
    run: ({ context }) => {
      const task = currentTask(context)
      return isDict(task) ? (getKey(task, 'result') ?? null) : null
    },
  },
  {
    name: 'json',
    pythonName: 'json_',
    parameters: ['s'],
    takesContext: false,
    help: 'The value that a JSON text describes.',
    run: ({ args: [text], values }) => {
      if (isDict(text) && !values.isFrozen) return text
      if (typeof text !== 'string') throw new PythonTypeError('Given object is not typeof string.')
      return loadJson(text, values)
    },
  },
  {
    name: 'zip',
    pythonName: 'zip_',
    parameters: [],
    takesRest: true,
    takesNamed: true,
    takesContext: false,
    help: 'Items of several lists side by side, to the end of the longest.',
    run: zip,
  },
  {
    name: 'st2kv',
    pythonName: 'st2kv_',
    parameters: ['key'],
    takesNamed: true,
    takesContext: true,
    help: 'A value of the datastore; decrypt and default are given by name.',
    run: datastoreValue,
  },
  {
    name: 'task',
    pythonName: 'task',
    parameters: [
      ['task_id', null],
      ['route', null],
    ],
    takesContext: true,
    help: 'The record of the latest run of a task.',
    run: taskRecord,
  },
]

function variable({ variables, values }: WorkflowCall, key: unknown): unknown {
  if (!isDict(variables)) throw new PythonTypeError(`argument of type '${typeName(variables)}' is not iterable`)
  if (!values.isFrozen) requireHashable(key)
  const value = getKey(variables, key)
  if (value === undefined) throw variableUndefined(str(key))
  if (typeof key === 'string' && key.startsWith('__')) throw variableInaccessible(key)
  return value
}

function allVariables({ variables, values, budget }: WorkflowCall): unknown {
  if (!isDict(variables)) {
    throw new PythonError('AttributeError', `'${typeName(variables)}' object has no attribute 'items'`)
  }
  const entries: [string, unknown][] = []
  const all: Iterable<[unknown, unknown]> = variables instanceof Map ? variables : Object.entries(variables)
  for (const [name, value] of all) {
    budget.spend()
    if (typeof name === 'string' && !name.startsWith('__')) entries.push([name, value])
  }
  return values.dict(entries)
}

function currentItem(context: unknown, key: unknown): unknown {
  if (!isTruthy(context)) throw new ExpressionEvaluationError('The context is not set.')
  const item = subscript(context, '__current_item')
  if (!isTruthy(key)) return item
  if (!isDict(item)) throw new ExpressionEvaluationError('Item is not type of collections.abc.Mapping.')
  if (!hasKey(item, key)) throw new ExpressionEvaluationError(`Item does not have key "${str(key)}".`)
  return getKey(item, key)
}

function currentStatus(context: unknown): unknown {
  const task = currentTask(context)
  return taskStatus(context, subscript(task, 'id'), subscript(task, 'route'))
}

function zip({ args, named, values, budget }: WorkflowCall): unknown {
  const given = args.map((arg) => arg ?? values.list([]))
  const [only] = given
  if (given.length === 1) return only
  const columns = given.map((column) => {
    const items = values.items(column, budget)
    if (items === undefined) throw new PythonTypeError(`'${typeName(column)}' object is not iterable`)
    return collect(items, budget)
  })
  const length = columns.reduce((most, column) => Math.max(most, column.length), 0)
  const pad = named.get('pad') ?? null
  return values.list(
    Array.from({ length }, (_, row) => {
      budget.spend()
      return values.tuple(columns.map((column) => (row < column.length ? column[row] : pad)))
    }),
  )
}

function collect(items: Iterable<unknown>, budget: Budget): unknown[] {
  const all: unknown[] = []
  for (const item of items) {
    budget.spend()
    all.push(item)
  }
  return all
}

const SYSTEM = 'system.'

function datastoreValue(call: WorkflowCall): unknown {
  const {
    context,
    args: [key],
    named,
  } = call
  if (typeof key !== 'string') throw new PythonTypeError('Given key is not typeof string.')
  const decrypt = named.get('decrypt') ?? false
  if (typeof decrypt !== 'boolean') throw new PythonTypeError('Decrypt parameter is not typeof bool.')
  const user = workflowUser(context)
  const answer = call.lookUp({ source: 'st2kv', user, key, decrypt })
  switch (answer.kind) {
    case 'value':
      return answer.value
    case 'absent':
      if (named.has('default')) return named.get('default')
      throw new ExpressionEvaluationError(
        `The key "${key.startsWith(SYSTEM) ? key.slice(SYSTEM.length) : key}" does not exist in the StackStorm datastore.`,
      )
    case 'unknown-user':
      throw new PythonError('Exception', `Failed to retrieve User object for user "${user}", "${answer.reason}"`)
    case 'failed':
      throw new ExpressionEvaluationError(answer.reason)
  }
}

function workflowUser(context: unknown): string {
  try {
    return str(subscript(subscript(subscript(context, '__vars'), 'st2'), 'user'))
  } catch (error) {
    if (!(error instanceof PythonKeyError)) throw error
    throw new PythonKeyError(repr('Could not get user from context.'))
  }
}

function taskRecord(call: WorkflowCall): unknown {
  const {
    context,
    args: [givenTask, givenRoute],
  } = call
  const current = taskOrNothing(context)
  const task = givenTask ?? subscript(current, 'id')
  const route = givenRoute ?? (isDict(current) ? (getKey(current, 'route') ?? 0) : 0)
  const entry = findEntry(context, task, route)
  const record = entry === null ? null : recordOf(entry, str(task), call)
  if (record !== null) return record
  throw new ExpressionEvaluationError(`Unable to find task execution for "${str(task)}".`)
}

function taskOrNothing(context: unknown): unknown {
  try {
    return currentTask(context)
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
    return {}
  }
}

function recordOf(entry: unknown, task: string, call: WorkflowCall): unknown {
  const route = Number(subscript(entry, 'route'))
  const st2 = subscript(call.variables, 'st2')
  const workflowExecution = str(subscript(st2, 'workflow_execution_id'))
  const answer = call.lookUp({ source: 'task', workflowExecution, task, route })
  if (answer.kind === 'failed' || answer.kind === 'unknown-user') throw new PythonError('Exception', answer.reason)
  return answer.kind === 'absent' ? null : answer.value
}
