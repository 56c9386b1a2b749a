import { type Call, Markup, textOf, valueOf } from './objects.ts'
import type { Scope } from './scope.ts'
import { bind, type Parameters } from './signature.ts'
import { weigh } from './weight.ts'

/** A filter gets what stands before the pipe and its own arguments, positional and keyword ones apart. */
export interface Filter {
  (value: unknown, call: Call): unknown
  /** What it is declared with, for completions; the first is the piped value. */
  parameters?: Parameters
}

export interface Test {
  (value: unknown, call: Call): boolean
  /** The first is the tested value. */
  parameters?: Parameters
}

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
  const apply: Filter = (value, { args, kwargs, scope }) => {
    const bound = bind(functionName, parameters, [valueOf(value), ...args.map(textOf)], kwargs)
    weigh(scope.budget, ...bound)
    return run(bound, scope)
  }
  return Object.assign(apply, { parameters })
}

/** A filter that sees markup as markup, in what it is given and in its arguments. */
export function markupFilter(
  functionName: string,
  parameters: Parameters,
  run: (args: unknown[], scope: Scope) => unknown,
): Filter {
  const apply: Filter = (value, { args, kwargs, scope }) => {
    const piped = value instanceof Markup ? value : valueOf(value)
    const bound = bind(functionName, parameters, [piped, ...args], kwargs)
    weigh(scope.budget, ...bound.map(textOf))
    return run(bound, scope)
  }
  return Object.assign(apply, { parameters })
}

/** Makes the text that a filter of texts gives safe where the text it was given was. */
export function keepingMarkup(run: Filter): Filter {
  const apply: Filter = (value, call) => {
    const result = run(value, call)
    return value instanceof Markup && typeof result === 'string' ? new Markup(result) : result
  }
  return run.parameters === undefined ? apply : Object.assign(apply, { parameters: run.parameters })
}

/** A test whose arguments are bound to parameters; the first parameter is the tested value. */
export function test(
  functionName: string,
  parameters: Parameters,
  run: (args: unknown[], scope: Scope) => boolean,
): Test {
  const apply: Test = (value, { args, kwargs, scope }) => {
    const bound = bind(functionName, parameters, [valueOf(value), ...args.map(textOf)], kwargs)
    weigh(scope.budget, ...bound)
    return run(bound, scope)
  }
  return Object.assign(apply, { parameters })
}

/** A test that sees markup as markup. */
export function markupTest(
  functionName: string,
  parameters: Parameters,
  run: (args: unknown[], scope: Scope) => boolean,
): Test {
  const apply: Test = (value, { args, kwargs, scope }) =>
    run(bind(functionName, parameters, [value instanceof Markup ? value : valueOf(value), ...args], kwargs), scope)
  return Object.assign(apply, { parameters })
}
