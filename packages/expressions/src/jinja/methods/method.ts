import { PythonTypeError, repr } from '@st2/python-values'
import type { Call } from '../objects.ts'
import type { Scope } from '../scope.ts'
import { bind, type Parameters } from '../signature.ts'
import { weigh } from '../weight.ts'

/** A method of a kind of values: the value itself, then the call. */
export type Method = (self: unknown, call: Call) => unknown
export type MethodTable = Record<string, Method>

/**
 * A method whose arguments are bound to parameters before it runs.
 *
 * @param owner name of the kind, as messages show it
 */
export function method<Self>(
  kind: (value: unknown) => value is Self,
  owner: string,
  name: string,
  parameters: Parameters,
  run: (self: Self, args: unknown[], scope: Scope) => unknown,
): Method {
  return (self, { args, kwargs, scope }) => {
    if (!kind(self)) throw new TypeError(`a method of another kind of value was called: ${owner}.${name}`)
    requireNames(owner, name, parameters, kwargs)
    requireCount(owner, name, parameters, args.length + Object.keys(kwargs).length)
    weigh(scope.budget, self, ...args)
    return run(self, bind(`${owner}.${name}`, parameters, args, kwargs), scope)
  }
}

/** Methods whose arguments can be given by name; all others take them in their order only. */
const TAKES_NAMES = new Set('split rsplit splitlines expandtabs encode decode sort to_bytes from_bytes hex'.split(' '))

function requireNames(owner: string, name: string, parameters: Parameters, kwargs: Record<string, unknown>): void {
  const given = Object.keys(kwargs)
  if (given.length === 0) return
  if (!TAKES_NAMES.has(name)) {
    const shown = SEARCHING.has(name) && SEARCHED.has(owner) ? name : `${owner}.${name}`
    throw new PythonTypeError(`${shown}() takes no keyword arguments`)
  }
  const known = parameters.map((parameter) => (typeof parameter === 'string' ? parameter : parameter[0]))
  const unknown = given.find((one) => !known.includes(one))
  if (unknown !== undefined) {
    throw new PythonTypeError(`${repr(unknown)} is an invalid keyword argument for ${name}()`)
  }
}

/** Methods of texts that read their arguments in another way, with other messages. */
const SEARCHING = new Set(['count', 'find', 'rfind', 'index', 'rindex', 'startswith', 'endswith'])
const SEARCHED = new Set(['str', 'bytes', 'Markup'])

/** Python's built-in methods have messages of their own for a wrong number of arguments. */
export function requireCount(owner: string, name: string, parameters: Parameters, given: number): void {
  const least = parameters.filter((parameter) => typeof parameter === 'string').length
  const most = parameters.length
  if (given >= least && given <= most) return
  if (most === 0) throw new PythonTypeError(`${owner}.${name}() takes no arguments (${given} given)`)
  if (most === 1 && least === 1)
    throw new PythonTypeError(`${owner}.${name}() takes exactly one argument (${given} given)`)
  if ((SEARCHING.has(name) && SEARCHED.has(owner)) || TAKES_NAMES.has(name)) {
    const limit = given < least ? `at least ${least} argument` : `at most ${most} argument${most === 1 ? '' : 's'}`
    throw new PythonTypeError(`${name}() takes ${limit} (${given} given)`)
  }
  if (least === most) throw new PythonTypeError(`${name} expected ${most} arguments, got ${given}`)
  const bound =
    given < least
      ? `at least ${least} argument${least === 1 ? '' : 's'}`
      : `at most ${most} argument${most === 1 ? '' : 's'}`
  throw new PythonTypeError(`${name} expected ${bound}, got ${given}`)
}
