/** Which argument goes to which parameter, before anything is evaluated. */
import { NO_VALUE } from '../values/kinds.ts'
import type { FunctionDeclaration, Parameter } from './declaration.ts'
import type { ParameterType } from './types.ts'

export type Argument = unknown
export type NamedArguments = ReadonlyMap<string, Argument>

/** Stands for an argument in a plan that is made before it is known. */
export const ANY_VALUE = Symbol('any value')

/** Where a parameter's value comes from. */
export type Source = { from: 'position'; index: number } | { from: 'name'; name: string } | { from: 'default' }

export interface Candidate {
  declaration: FunctionDeclaration
  shape: Shape
  /** The type that each positional argument meets. */
  types: readonly ParameterType<unknown>[]
  /** One for each parameter that takes one argument. */
  sources: readonly Source[]
  /** The first positional argument that goes to the parameter for the rest. */
  restFrom: number
  /** Names that go to the parameter for the rest of the named arguments. */
  extra: readonly string[]
  /** Whether each positional argument goes to the parameter in its place, and all others have defaults. */
  isDirect: boolean
  /** Arguments that are not evaluated before the call: positions and names. */
  lazy: ReadonlySet<number | string>
}

/** @returns null when the function does not take these arguments */
export function mapArguments(
  declaration: FunctionDeclaration,
  args: readonly Argument[],
  named: NamedArguments,
): Candidate | null {
  const shape = shapeOf(declaration)
  const types: (ParameterType<unknown> | undefined)[] = args.map(() => shape.rest?.type)
  const defaults = new Map<number, unknown>()
  const sources: Source[] = []
  const left = new Map(named)
  for (const [at, parameter] of shape.single.entries()) {
    const isGiven = at < args.length && args[at] !== NO_VALUE
    if (isGiven) {
      if (left.has(parameter.name)) return null
      types[at] = parameter.type
      sources.push({ from: 'position', index: at })
    } else if (left.delete(parameter.name)) {
      sources.push({ from: 'name', name: parameter.name })
    } else {
      if (parameter.defaultValue === undefined) return null
      if (at < args.length) {
        types[at] = parameter.type
        defaults.set(at, parameter.defaultValue)
      }
      sources.push({ from: 'default' })
    }
  }
  if (left.size > 0 && shape.named === undefined) return null
  for (const value of left.values()) if (shape.named?.type.accepts(value) !== true) return null
  const met: ParameterType<unknown>[] = []
  for (const [at, type] of types.entries()) {
    if (type === undefined) return null
    const value = defaults.has(at) ? defaults.get(at) : args[at]
    if (!defaults.has(at) && value !== ANY_VALUE && !type.accepts(value)) return null
    met.push(type)
  }
  const extra = [...left.keys()]
  return {
    declaration,
    shape,
    types: met,
    sources,
    restFrom: shape.single.length,
    extra,
    isDirect: isDirect(shape, args, sources),
    lazy: lazyArguments(declaration, met, sources, extra),
  }
}

function isDirect(shape: Shape, args: readonly Argument[], sources: readonly Source[]): boolean {
  if (shape.rest !== undefined || shape.named !== undefined || args.includes(NO_VALUE)) return false
  return sources.every(({ from }) => from !== 'name')
}

export interface Shape {
  single: readonly Parameter<unknown>[]
  rest: Parameter<unknown> | undefined
  named: Parameter<unknown> | undefined
}

const shapes = new WeakMap<FunctionDeclaration, Shape>()

export function shapeOf(declaration: FunctionDeclaration): Shape {
  const known = shapes.get(declaration)
  if (known !== undefined) return known
  const { parameters } = declaration
  const shape = {
    single: parameters.filter(({ takes }) => takes === 'one'),
    rest: parameters.find(({ takes }) => takes === 'rest'),
    named: parameters.find(({ takes }) => takes === 'named'),
  }
  shapes.set(declaration, shape)
  return shape
}

function lazyArguments(
  declaration: FunctionDeclaration,
  types: readonly ParameterType<unknown>[],
  sources: readonly Source[],
  extra: readonly string[],
): Set<number | string> {
  const lazy = new Set<number | string>()
  for (const [at, type] of types.entries()) if (type.isLazy) lazy.add(at)
  const { single, named } = shapeOf(declaration)
  for (const [at, source] of sources.entries()) {
    if (source.from === 'name' && single[at]?.type.isLazy === true) lazy.add(source.name)
  }
  if (named?.type.isLazy === true) for (const name of extra) lazy.add(name)
  return lazy
}
