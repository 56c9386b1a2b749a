/** Functions are declared once: with their parameters, their help, and what they do. Completions read the same table. */
import type { Scope } from '../scope.ts'
import type { ParameterType } from './types.ts'

/** How it can be called: `f(x)`, `x.f()`, or both. */
export type FunctionKind = 'function' | 'method' | 'both'

export interface Parameter<T> {
  name: string
  type: ParameterType<unknown>
  /** `one` takes one argument, `rest` all positional ones that are left, `named` all named ones that are left. */
  takes: 'one' | 'rest' | 'named'
  /** `undefined`: it must be given. */
  defaultValue: unknown
  /** Never set: carries the type of what the function gets. */
  readonly gets?: T
}

export interface FunctionDeclaration {
  name: string
  kind: FunctionKind
  parameters: readonly Parameter<unknown>[]
  help: string
  /** `key => value` arguments are values of their own, not named arguments. */
  takesRules: boolean
  run: (scope: Scope, args: unknown[]) => unknown
}

type Values<P extends readonly Parameter<unknown>[]> = {
  [K in keyof P]: P[K] extends Parameter<infer T> ? T : never
}

/** What a function does with its arguments, in the order of its parameters. */
type Run<P extends readonly Parameter<unknown>[]> = (scope: Scope, ...args: Values<P>) => unknown

export function required<T>(name: string, type: ParameterType<T>): Parameter<T> {
  return { name, type, takes: 'one', defaultValue: undefined }
}

export function optional<T, D>(name: string, type: ParameterType<T>, defaultValue: D): Parameter<T | D> {
  return { name, type, takes: 'one', defaultValue }
}

export function rest<T>(name: string, type: ParameterType<T>): Parameter<T[]> {
  return { name, type, takes: 'rest', defaultValue: undefined }
}

export function named<T>(name: string, type: ParameterType<T>): Parameter<Map<string, T>> {
  return { name, type, takes: 'named', defaultValue: undefined }
}

export function declare<const P extends readonly Parameter<unknown>[]>(
  name: string,
  kind: FunctionKind,
  parameters: P,
  help: string,
  run: Run<P>,
): FunctionDeclaration {
  // the binding has converted every argument by the type of its parameter
  const bound = run as (scope: Scope, ...args: unknown[]) => unknown
  return {
    name,
    kind,
    parameters,
    help,
    takesRules: false,
    run: (scope, args) => bound(scope, ...args),
  }
}

/** The same function under another name. */
export function alias(name: string, declaration: FunctionDeclaration): FunctionDeclaration {
  return { ...declaration, name }
}

/** A function whose `key => value` arguments are values. */
export function takingRules(declaration: FunctionDeclaration): FunctionDeclaration {
  return { ...declaration, takesRules: true }
}

/** `where(collection, predicate)` as signatures show it; a default stands behind `=`. */
export function signature({ name, parameters }: FunctionDeclaration): string {
  const shown = parameters.map(({ name: parameter, takes, defaultValue }) => {
    if (takes !== 'one') return takes === 'rest' ? `*${parameter}` : `**${parameter}`
    return defaultValue === undefined ? parameter : `${parameter}=${shownDefault(defaultValue)}`
  })
  return `${name}(${shown.join(', ')})`
}

function shownDefault(value: unknown): string {
  return typeof value === 'object' && value !== null ? '…' : String(value)
}
