import { PythonTypeError, repr } from '@st2/python-values'

/** Parameters of a filter, test or function: a name alone is required, a pair has a default. */
export type Parameters = readonly (string | readonly [string, unknown])[]

/**
 * Brings positional and keyword arguments into the order of the parameters.
 *
 * @throws PythonTypeError with Python's texts: missing, too many, unexpected and doubled arguments
 */
export function bind(
  functionName: string,
  parameters: Parameters,
  args: readonly unknown[],
  kwargs: Record<string, unknown>,
): unknown[] {
  OF_PYTHON.get(functionName)?.(functionName, args.length, kwargs)
  const bound: unknown[] = [...args]
  for (const name in kwargs) {
    const value = kwargs[name]
    const at = parameters.findIndex((parameter) => name === (typeof parameter === 'string' ? parameter : parameter[0]))
    if (at === -1) throw new PythonTypeError(`${functionName}() got an unexpected keyword argument ${repr(name)}`)
    if (at < args.length) throw new PythonTypeError(`${functionName}() got multiple values for argument ${repr(name)}`)
    bound[at] = value
  }
  if (args.length > parameters.length) throw tooMany(functionName, parameters, args.length)
  let missing: string[] | null = null
  for (let at = 0; at < parameters.length; at++) {
    const parameter = parameters[at]
    if (bound[at] !== undefined || parameter === undefined) continue
    if (typeof parameter !== 'string') bound[at] = parameter[1]
    else if (missing === null) missing = [parameter]
    else missing.push(parameter)
  }
  if (missing !== null) throw missingArguments(functionName, missing)
  return bound
}

type CheckCount = (functionName: string, args: number, kwargs: Record<string, unknown>) => void

/** Functions and operators of Python itself have messages of their own. */
const OF_PYTHON = new Map<string, CheckCount>([
  ...['abs', 'callable', 'len'].map((name): [string, CheckCount] => [name, requireOne]),
  ...['eq', 'ne', 'lt', 'le', 'gt', 'ge'].map((name): [string, CheckCount] => [name, requireTwo]),
])

function requireTwo(functionName: string, args: number, kwargs: Record<string, unknown>): void {
  if (Object.keys(kwargs).length > 0) {
    throw new PythonTypeError(`_operator.${functionName}() takes no keyword arguments`)
  }
  if (args !== 2) throw new PythonTypeError(`${functionName} expected 2 arguments, got ${args}`)
}

function requireOne(functionName: string, args: number, kwargs: Record<string, unknown>): void {
  if (Object.keys(kwargs).length > 0) throw new PythonTypeError(`${functionName}() takes no keyword arguments`)
  if (args !== 1) throw new PythonTypeError(`${functionName}() takes exactly one argument (${args} given)`)
}

function missingArguments(functionName: string, missing: string[]): PythonTypeError {
  const names = missing.map((name) => repr(name))
  const list = names.length <= 2 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names.at(-1) ?? ''}`
  const count = `${names.length} required positional argument${names.length === 1 ? '' : 's'}`
  return new PythonTypeError(`${functionName}() missing ${count}: ${list}`)
}

/** Filters whose Python functions take the environment first: their messages count it. */
const TAKES_ENVIRONMENT = new Set(
  'ctx_ item_ task_status_ succeeded_ failed_ completed_ result_ task st2kv_ do_attr do_last do_max do_min do_random do_replace do_sort do_tojson do_truncate do_urlize do_wordwrap do_xmlattr sync_do_first sync_do_groupby sync_do_join sync_do_sum sync_do_unique test_filter test_test Joiner.__init__'.split(
    ' ',
  ),
)

function tooMany(functionName: string, parameters: Parameters, args: number): PythonTypeError {
  const hidden = TAKES_ENVIRONMENT.has(functionName) ? 1 : 0
  const given = args + hidden
  const most = parameters.length + hidden
  const least = parameters.filter((parameter) => typeof parameter === 'string').length + hidden
  const takes = least === most ? String(most) : `from ${least} to ${most}`
  const plural = most === 1 && least === most ? '' : 's'
  return new PythonTypeError(
    `${functionName}() takes ${takes} positional argument${plural} but ${given} ${given === 1 ? 'was' : 'were'} given`,
  )
}
