import { type Environment, MissingKeyError } from '@st2/expressions'
import type { Criterion } from '@st2/model'
import { entriesOf, isDict, isFloat, isTruthy, PythonError, PythonTypeError, typeName } from '@st2/python-values'
import { compileKey, type CriterionKey, type CriterionScope } from './criterion-key.ts'
import { compilePattern, type CriterionPattern } from './criterion-pattern.ts'
import { type ComparisonHost, type Operator, operatorNamed } from './operators.ts'
import { StepBudget } from './step-budget.ts'

/** How one criterion turned out. */
export interface CriterionOutcome {
  readonly key: string
  readonly type: string
  readonly isMatch: boolean
  /** Of the event; null when the key leads nowhere. */
  readonly value: unknown
  /** As rendered. */
  readonly pattern: unknown
  /** The pattern may hold a secret of the datastore. */
  readonly isSecret: boolean
  /** Why it could not be looked at. */
  readonly failure: CriterionFailure | null
}

export interface CriterionFailure {
  /** What was being done, in upstream's words. */
  readonly reason: string
  /** What went wrong. */
  readonly text: string
}

/** How all of a rule's criteria turned out. */
export interface CriteriaVerdict {
  readonly isMatch: boolean
  /** The first failure on the way to a verdict that is no match: it is recorded. */
  readonly failure: CriterionFailure | null
  /** An operator that does not exist: beside the rule, the event is marked. */
  readonly isBroken: boolean
}

/** An equality that decides before anything else can fail. */
export interface IndexedEquality {
  readonly names: readonly string[]
  readonly pattern: string | number | boolean
}

/** Criteria of one revision of a rule, ready to be looked at. Pure: the same event at the same time, the same verdict. */
export interface CompiledCriteria {
  /** Whether a pattern is a template: then an item of the datastore may have to be fetched. */
  readonly hasTemplates: boolean
  readonly index: IndexedEquality | null
  /** @param report told about each criterion that was looked at. @throws MissingKeyError */
  evaluate(event: CriteriaEvent, report?: (outcome: CriterionOutcome) => void): CriteriaVerdict
}

export interface CriteriaEvent {
  readonly payload: Readonly<Record<string, unknown>>
  /** ms since epoch. */
  readonly now: number
  readonly st2kv: unknown
}

const MATCH: CriteriaVerdict = { isMatch: true, failure: null, isBroken: false }
const NO_MATCH: CriteriaVerdict = { isMatch: false, failure: null, isBroken: false }

/** @param rule its ref, for messages. @source st2: st2reactor/st2reactor/rules/filter.py; services.md 2.3 */
export function compileCriteria(
  criteria: Readonly<Record<string, Criterion>>,
  rule: string,
  environment: Environment,
): CompiledCriteria {
  const compiled = compileAll(Object.entries(criteria), { rule, environment, depth: 0 })
  return {
    hasTemplates: compiled.some(({ hasTemplates }) => hasTemplates),
    index: indexOf(compiled),
    evaluate(event, report) {
      if (compiled.length === 0) return MATCH
      if (!isTruthy(event.payload)) return NO_MATCH
      const run = new Run(event)
      const scope: CriterionScope = { name: 'trigger', value: event.payload }
      for (const criterion of compiled) {
        const outcome = criterion.evaluate(scope, run)
        report?.(outcome)
        if (!outcome.isMatch) return { isMatch: false, failure: run.failure, isBroken: run.isBroken }
      }
      return MATCH
    },
  }
}

/** What one evaluation uses up and remembers. */
class Run implements ComparisonHost {
  readonly now: number
  readonly budget = new StepBudget()
  readonly st2kv: unknown
  failure: CriterionFailure | null = null
  isBroken = false

  constructor(event: CriteriaEvent) {
    this.now = event.now
    this.st2kv = event.st2kv
  }
}

interface CompiledCriterion {
  readonly hasTemplates: boolean
  readonly key: CriterionKey
  readonly pattern: CriterionPattern
  readonly operator: Operator | null
  readonly type: string
  evaluate(scope: CriterionScope, run: Run): CriterionOutcome
}

interface Compilation {
  readonly rule: string
  readonly environment: Environment
  /** `search` inside of `search`. */
  readonly depth: number
}

/** How deep `search` may be nested. */
const MAX_SEARCH_DEPTH = 20

function compileAll(criteria: readonly (readonly [string, unknown])[], compilation: Compilation): CompiledCriterion[] {
  return criteria.map(([key, criterion]) => compileOne(key, isDict(criterion) ? criterion : {}, compilation))
}

function compileOne(key: string, criterion: object, compilation: Compilation): CompiledCriterion {
  const { type, pattern: rawPattern, condition } = Object.fromEntries(Object.entries(criterion))
  const name = typeof type === 'string' ? type : ''
  const pattern = compilePattern(rawPattern, compilation.environment)
  const isSearch = name.toLowerCase() === 'search'
  const search = isSearch ? compileSearch(rawPattern, condition, compilation) : null
  const operator = isSearch ? null : operatorNamed(name)
  const compiledKey = compileKey(key)
  const compare = search?.test ?? comparison(operator, name, compilation)
  return {
    key: compiledKey,
    pattern,
    operator,
    type: name,
    hasTemplates: !pattern.isConstant || search?.hasTemplates === true,
    evaluate(scope, run) {
      const outcome = { key, type: name, isSecret: pattern.isSecret, value: null, pattern: null }
      // NOTE: a criterion without an operator never matches, and says nothing.
      if (type === undefined || type === null) return { ...outcome, isMatch: false, failure: null }
      const rendered = attempt(pattern.isSecret, () => pattern.render(scope, run.st2kv, run.budget))
      if ('text' in rendered) {
        const reason = `Failed to render pattern value "${String(rawPattern)}" for key "${key}"`
        return { ...outcome, isMatch: false, failure: fail(run, { reason, text: rendered.text }) }
      }
      const read = attempt(false, () => textOfBytes(compiledKey.read(scope, run.budget)))
      if ('text' in read) {
        const failure = fail(run, { reason: `Failed transforming criteria key ${key}`, text: read.text })
        return { ...outcome, pattern: rendered.value, isMatch: false, failure }
      }
      const known = { ...outcome, pattern: rendered.value, value: read.value }
      const verdict = attempt(pattern.isSecret, () => compare(read.value, textOfBytes(rendered.value), run))
      if (!('text' in verdict)) return { ...known, isMatch: verdict.value, failure: null }
      const reason = `There might be a problem with the criteria in rule ${compilation.rule}`
      return { ...known, isMatch: false, failure: fail(run, { reason, text: verdict.text }) }
    },
  }
}

type Comparison = (value: unknown, pattern: unknown, run: Run) => boolean

function comparison(operator: Operator | null, name: string, { depth }: Compilation): Comparison {
  if (operator === null) {
    return (_value, _pattern, run) => {
      if (depth === 0) run.isBroken = true
      throw new PythonError('Exception', `Invalid operator: ${name.toLowerCase()}`)
    }
  }
  return (value, pattern, run) => {
    if (pattern === null && operator.takesNull !== true) return false
    run.budget.spend(1)
    return operator.test(value, pattern, run)
  }
}

type Quantifier = <T>(items: readonly T[], test: (item: T) => boolean) => boolean

const some: Quantifier = (items, test) => items.some(test)
const every: Quantifier = (items, test) => items.every(test)

/** Of the items, and of the criteria for each of them. */
const CONDITIONS: Readonly<Record<string, readonly [Quantifier, Quantifier]>> = {
  any: [some, every],
  all: [every, every],
  any2any: [some, some],
  all2any: [every, some],
}

/** `search`: criteria for the items of a list. What they may name is `item`, not `trigger`. */
function compileSearch(
  pattern: unknown,
  condition: unknown,
  compilation: Compilation,
): { test: Comparison; hasTemplates: boolean } {
  const depth = compilation.depth + 1
  const isTooDeep = depth > MAX_SEARCH_DEPTH
  const criteria =
    isDict(pattern) && !isTooDeep
      ? compileAll(
          entriesOf(pattern).map(([key, value]) => [String(key), value] as const),
          { ...compilation, depth },
        )
      : []
  const quantifiers =
    typeof condition === 'string' && Object.hasOwn(CONDITIONS, condition) ? CONDITIONS[condition] : null
  return {
    hasTemplates: criteria.some(({ hasTemplates }) => hasTemplates),
    test(value, rendered, run) {
      if (rendered === null) return false
      if (isTooDeep) throw new PythonError('Exception', `search is nested deeper than ${MAX_SEARCH_DEPTH} levels`)
      if (quantifiers === null || quantifiers === undefined) throw unknownCondition(condition)
      const [ofItems, ofCriteria] = quantifiers
      return ofItems(itemsOf(value), (item) => {
        if (!isDict(pattern))
          throw new PythonError('AttributeError', `'${typeName(rendered)}' object has no attribute 'items'`)
        const scope: CriterionScope = { name: 'item', value: item }
        return ofCriteria(criteria, (criterion) => {
          run.budget.spend(1)
          return criterion.evaluate(scope, run).isMatch
        })
      })
    },
  }
}

function unknownCondition(condition: unknown): PythonError {
  const shown = condition === undefined || condition === null ? 'None' : String(condition)
  const allowed = Object.keys(CONDITIONS)
    .map((name) => `'${name}'`)
    .join(', ')
  return new PythonError(
    'UnrecognizedConditionError',
    `The '${shown}' search condition is not recognized, only ${allowed} are allowed`,
  )
}

/** A map counts as a list of itself; a text as its characters, as in Python. */
function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (isDict(value)) return [value]
  if (typeof value === 'string') return Array.from(value)
  throw new PythonTypeError(`'${typeName(value)}' object is not iterable`)
}

/** Sensors may hand over bytes: they are text to every operator. */
function textOfBytes(value: unknown): unknown {
  return value instanceof Uint8Array ? new TextDecoder('utf-8', { fatal: true }).decode(value) : value
}

/** The first failure of a run is the one that is recorded. */
function fail(run: Run, failure: CriterionFailure): CriterionFailure {
  run.failure ??= failure
  return failure
}

/** A look-up that must be fetched first is no failure. What went wrong with a secret is not quoted. */
function attempt<T>(isSecret: boolean, work: () => T): { value: T } | { text: string } {
  try {
    return { value: work() }
  } catch (error) {
    if (error instanceof MissingKeyError) throw error
    if (!(error instanceof Error)) throw error
    return {
      text: isSecret && error instanceof PythonError ? `${error.pythonType} (a secret took part)` : error.message,
    }
  }
}

/** The first equality of a plain path with a plain value, when nothing before it can fail. */
function indexOf(criteria: readonly CompiledCriterion[]): IndexedEquality | null {
  for (const { key, pattern, operator, type } of criteria) {
    if (operator === null || key.names === null || !pattern.isConstant) return null
    const value = pattern.render({ name: 'trigger', value: null }, null, new StepBudget())
    const isEquality = ['eq', 'equals'].includes(type.toLowerCase())
    if (isEquality && isIndexable(value)) return { names: key.names, pattern: value }
    const canFail = operator.isTotal !== true && !(operator.isTotalOnLists === true && Array.isArray(value))
    if (canFail) return null
  }
  return null
}

/** Numbers that JavaScript keeps exactly. */
function isIndexable(value: unknown): value is string | number | boolean {
  if (typeof value === 'string' || typeof value === 'boolean') return true
  return typeof value === 'number' && (Number.isSafeInteger(value) || (isFloat(value) && Number.isFinite(value)))
}
