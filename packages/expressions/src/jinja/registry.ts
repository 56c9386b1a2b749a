import { type Call, Markup, textOf, valueOf } from './objects.ts'
import type { Scope } from './scope.ts'
import { bind, type Parameters } from './signature.ts'

/** A filter gets what stands before the pipe and its own arguments, positional and keyword ones apart. */
export type Filter = (value: unknown, call: Call) => unknown
export type Test = (value: unknown, call: Call) => boolean

/**
 * A filter whose arguments are bound to parameters; the first parameter is the piped value. A look-up is taken for its value.
 *
 * @param functionName what Python's messages call it
 */
export function filter(
  functionName: string,
  parameters: Parameters,
  run: (args: unknown[], scope: Scope) => unknown,
): Filter {
  return (value, { args, kwargs, scope }) =>
    run(bind(functionName, parameters, [valueOf(value), ...args.map(textOf)], kwargs), scope)
}

/** A filter that sees markup as markup, in what it is given and in its arguments. */
export function markupFilter(
  functionName: string,
  parameters: Parameters,
  run: (args: unknown[], scope: Scope) => unknown,
): Filter {
  return (value, { args, kwargs, scope }) => {
    const piped = value instanceof Markup ? value : valueOf(value)
    return run(bind(functionName, parameters, [piped, ...args], kwargs), scope)
  }
}

/** Makes the text that a filter of texts gives safe where the text it was given was. */
export function keepingMarkup(run: Filter): Filter {
  return (value, call) => {
    const result = run(value, call)
    return value instanceof Markup && typeof result === 'string' ? new Markup(result) : result
  }
}

/** A test whose arguments are bound to parameters; the first parameter is the tested value. */
export function test(
  functionName: string,
  parameters: Parameters,
  run: (args: unknown[], scope: Scope) => boolean,
): Test {
  return (value, { args, kwargs, scope }) =>
    run(bind(functionName, parameters, [valueOf(value), ...args.map(textOf)], kwargs), scope)
}
