/** Overload choice: candidates by shape, then by the values of their arguments, the nearest layer and the narrowest types first. */
import type { Scope } from '../scope.ts'
import { YaqlResolutionError } from '../errors.ts'
import { NO_VALUE } from '../values/kinds.ts'
import { textOf } from '../values/text.ts'
import { Code } from './code.ts'
import type { FunctionDeclaration } from './declaration.ts'
import { type Argument, type Candidate, mapArguments, type NamedArguments, shapeOf } from './mapping.ts'
import { isNarrower } from './types.ts'

/** What a call asks for. A receiver, if there is one, is the first of the arguments. */
export interface Request {
  name: string
  called: 'function' | 'method'
  args: readonly Argument[]
  named: NamedArguments
}

export type Levels = readonly (readonly FunctionDeclaration[])[]

/** Everything about a call that does not depend on values. */
export interface Plan {
  levels: readonly (readonly Candidate[])[]
  args: readonly Argument[]
  named: NamedArguments
}

const NO_NAMES: NamedArguments = new Map()

/** @throws YaqlResolutionError when no function of that name exists */
export function overloadsOf(scope: Scope, { name, called, args }: Request): Levels {
  const levels = scope.layer.collect(name, called)
  if (levels.length > 0) return levels
  if (called === 'function') {
    throw new YaqlResolutionError('NoFunctionRegisteredException', `Unknown function "${name}"`)
  }
  throw new YaqlResolutionError(
    'NoMethodRegisteredException',
    `Unknown method "${name}" for receiver ${textOf(args[0])}`,
  )
}

/** @throws YaqlResolutionError */
export function planCall(levels: Levels, request: Request): Plan {
  const takesRules = levels[0]?.[0]?.takesRules ?? false
  const { args, named } = translate(takesRules, request)
  const planned: Candidate[][] = []
  for (const level of levels) {
    const candidates: Candidate[] = []
    for (const declaration of level) {
      if (declaration.takesRules !== takesRules) throw ambiguous(request)
      const candidate = mapArguments(declaration, args, named)
      if (candidate !== null) candidates.push(candidate)
    }
    if (candidates.length > 0) planned.push(candidates)
  }
  return { levels: planned, args, named }
}

/** Named arguments out of `name => value`, for functions that do not take such rules as values. */
function translate(takesRules: boolean, { args, named }: Request): Pick<Plan, 'args' | 'named'> {
  if (takesRules) {
    for (const name of named.keys()) throw new YaqlResolutionError('ArgumentException', `Invalid argument ${name}`)
    return { args, named }
  }
  if (!args.some((argument) => argument instanceof Code && argument.rule !== null)) return { args, named }
  const positional: Argument[] = []
  const all = new Map<string, Argument>()
  for (const argument of args) {
    const rule = argument instanceof Code ? argument.rule : null
    if (rule === null) positional.push(argument)
    else if (rule.source.isKeyword) all.set(String(rule.source.constant), rule.destination)
    else throw mappingFailure()
  }
  for (const [name, value] of named) {
    if (all.has(name)) throw mappingFailure()
    all.set(name, value)
  }
  return { args: positional, named: all.size === 0 ? NO_NAMES : all }
}

/** A plan made for any arguments in these places, for these ones. */
export function narrowed(plan: Plan, args: readonly Argument[], count: number): Plan {
  const levels: Candidate[][] = []
  for (const level of plan.levels) {
    const candidates = level.filter((candidate) => acceptsFirst(candidate, args, count))
    if (candidates.length > 0) levels.push(candidates)
  }
  return { ...plan, levels, args }
}

function acceptsFirst({ types }: Candidate, args: readonly Argument[], count: number): boolean {
  for (let at = 0; at < count; at++) if (types[at]?.accepts(args[at]) !== true) return false
  return true
}

/** The only candidate left once the first arguments are known; null when there are more, or none. */
export function onlyCandidate({ levels }: Plan, args: readonly Argument[], count: number): Candidate | null {
  let only: Candidate | null = null
  for (const level of levels) {
    for (const candidate of level) {
      if (!acceptsFirst(candidate, args, count)) continue
      if (only !== null) return null
      only = candidate
    }
  }
  return only
}

/** Evaluates what the candidates want evaluated, chooses one and runs it. @throws YaqlResolutionError */
export function runPlan(plan: Plan, request: Request, scope: Scope): unknown {
  const lazy = lazyOf(plan, request)
  const args = evaluateAll(plan.args, lazy, scope)
  const named = plan.named.size === 0 ? plan.named : evaluateNamed(plan.named, lazy, scope)
  return runCandidate(choose(plan, args, named, request), args, named, scope)
}

/** The same where only one candidate is left. */
export function runOnly(
  candidate: Candidate,
  { args: given, named: givenNamed }: Pick<Plan, 'args' | 'named'>,
  request: Request,
  scope: Scope,
): unknown {
  const args = evaluateAll(given, candidate.lazy, scope)
  if (candidate.isDirect) return runDirectly(candidate, args, request, scope)
  const named = givenNamed.size === 0 ? givenNamed : evaluateNamed(givenNamed, candidate.lazy, scope)
  if (!fits(candidate, args, named)) throw noMatch(request)
  return runCandidate(candidate, args, named, scope)
}

function runCandidate(candidate: Candidate, args: readonly Argument[], named: NamedArguments, scope: Scope): unknown {
  const { evaluation } = scope
  evaluation.enter()
  const result = candidate.declaration.run(scope, bind(candidate, args, named, scope))
  evaluation.leave()
  return result
}

/** The evaluated arguments become the converted ones in their places. */
function runDirectly(candidate: Candidate, args: Argument[], request: Request, scope: Scope): unknown {
  const { types, shape, declaration } = candidate
  const { evaluation } = scope
  for (let at = 0; at < args.length; at++) if (types[at]?.accepts(args[at]) !== true) throw noMatch(request)
  evaluation.enter()
  for (let at = 0; at < args.length; at++) args[at] = types[at]?.convert(args[at], scope)
  for (let at = args.length; at < shape.single.length; at++) args.push(shape.single[at]?.defaultValue)
  const result = declaration.run(scope, args)
  evaluation.leave()
  return result
}

function evaluateAll(args: readonly Argument[], lazy: ReadonlySet<number | string>, scope: Scope): Argument[] {
  const evaluated: Argument[] = []
  for (let at = 0; at < args.length; at++) {
    const argument = args[at]
    const stays = !(argument instanceof Code) || argument.isConstant || (lazy.size > 0 && lazy.has(at))
    evaluated.push(stays ? argument : argument.run(scope))
  }
  return evaluated
}

function lazyOf({ levels }: Plan, request: Request): ReadonlySet<number | string> {
  let lazy: ReadonlySet<number | string> | undefined
  for (const level of levels) {
    for (const candidate of level) {
      if (lazy === undefined) lazy = candidate.lazy
      else if (!sameSet(lazy, candidate.lazy)) throw ambiguous(request)
    }
  }
  if (lazy === undefined) throw noMatch(request)
  return lazy
}

function sameSet(left: ReadonlySet<unknown>, right: ReadonlySet<unknown>): boolean {
  return left.size === right.size && (left.size === 0 || [...left].every((item) => right.has(item)))
}

function evaluated(argument: Argument, scope: Scope): Argument {
  return argument instanceof Code && !argument.isConstant ? argument.run(scope) : argument
}

function evaluateNamed(named: NamedArguments, lazy: ReadonlySet<number | string>, scope: Scope): NamedArguments {
  return new Map(
    Array.from(named, ([name, argument]) => [name, lazy.has(name) ? argument : evaluated(argument, scope)]),
  )
}

function choose({ levels }: Plan, args: readonly Argument[], named: NamedArguments, request: Request): Candidate {
  for (const level of levels) {
    let winner: Candidate | undefined
    for (const candidate of level) {
      if (!fits(candidate, args, named)) continue
      if (winner === undefined || isSpecialization(candidate, winner, named)) winner = candidate
      else if (!isSpecialization(winner, candidate, named)) throw ambiguous(request)
    }
    if (winner !== undefined) return winner
  }
  throw noMatch(request)
}

/** Whether the evaluated arguments are what the parameters want; those left out have good defaults. */
function fits({ shape, types, sources, extra }: Candidate, args: readonly Argument[], named: NamedArguments): boolean {
  for (let at = 0; at < args.length; at++) {
    if (args[at] === NO_VALUE && sources[at]?.from === 'default') continue
    if (types[at]?.accepts(args[at]) !== true) return false
  }
  if (named.size === 0) return true
  for (const [at, source] of sources.entries()) {
    if (source.from === 'name' && shape.single[at]?.type.accepts(named.get(source.name)) !== true) return false
  }
  return extra.every((name) => shape.named?.type.accepts(named.get(name)) === true)
}

function isSpecialization(candidate: Candidate, other: Candidate, named: NamedArguments): boolean {
  let narrower = false
  for (const [mine, theirs] of typePairs(candidate, other, named)) {
    if (isNarrower(theirs, mine)) return false
    if (isNarrower(mine, theirs)) narrower = true
  }
  return narrower
}

type Type = Candidate['types'][number]

function typePairs(candidate: Candidate, other: Candidate, named: NamedArguments): [Type, Type][] {
  const pairs: [Type, Type][] = []
  for (const [at, type] of candidate.types.entries()) {
    const theirs = other.types[at]
    if (theirs !== undefined) pairs.push([type, theirs])
  }
  for (const name of named.keys()) {
    const mine = typeNamed(candidate, name)
    const theirs = typeNamed(other, name)
    if (mine !== undefined && theirs !== undefined) pairs.push([mine, theirs])
  }
  return pairs
}

function typeNamed({ declaration }: Candidate, name: string): Type | undefined {
  const { single, named } = shapeOf(declaration)
  return single.find((parameter) => parameter.name === name)?.type ?? named?.type
}

function bind(candidate: Candidate, args: readonly Argument[], named: NamedArguments, scope: Scope): unknown[] {
  const { single, rest, named: others } = candidate.shape
  const bound: unknown[] = []
  for (let at = 0; at < single.length; at++) {
    const parameter = single[at]
    const source = candidate.sources[at]
    if (parameter === undefined || source === undefined || source.from === 'default') {
      bound.push(parameter?.defaultValue)
    } else {
      const argument = source.from === 'position' ? args[source.index] : named.get(source.name)
      bound.push(parameter.type.convert(argument, scope))
    }
  }
  if (rest !== undefined) {
    bound.push(args.slice(candidate.restFrom).map((argument) => rest.type.convert(argument, scope)))
  }
  if (others !== undefined) {
    bound.push(new Map(candidate.extra.map((name) => [name, others.type.convert(named.get(name), scope)])))
  }
  return bound
}

function mappingFailure(): YaqlResolutionError {
  return new YaqlResolutionError('MappingTranslationException', 'Cannot convert mapping to keyword argument')
}

function noMatch({ name, called, args }: Request): YaqlResolutionError {
  if (called === 'function') {
    return new YaqlResolutionError('NoMatchingFunctionException', `No function "${name}" matches supplied arguments`)
  }
  const message = `No method "${name}" for receiver ${textOf(args[0])} matches supplied arguments`
  return new YaqlResolutionError('NoMatchingMethodException', message)
}

function ambiguous({ name, called, args }: Request): YaqlResolutionError {
  if (called === 'function') {
    return new YaqlResolutionError('AmbiguousFunctionException', `Ambiguous function "${name}"`)
  }
  const message = `Ambiguous method "${name}" for receiver ${textOf(args[0])}`
  return new YaqlResolutionError('AmbiguousMethodException', message)
}
