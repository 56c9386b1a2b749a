import { parseFreeDate } from '@st2/expressions'
import type { CriteriaOperator } from '@st2/model'
import {
  contains,
  equals,
  isOrdered,
  PythonError,
  PythonTypeError,
  Regex,
  str,
  toFloat,
  typeName,
} from '@st2/python-values'
import type { StepBudget } from './step-budget.ts'
import { compileWildcard } from './wildcard.ts'

/** What a comparison may use beside its operands. */
export interface ComparisonHost {
  /** ms since epoch. */
  readonly now: number
  readonly budget: StepBudget
}

export interface Operator {
  /** Whether a null pattern is compared like any other; else it never matches. */
  readonly takesNull?: boolean
  /** No value and no pattern make it fail. */
  readonly isTotal?: boolean
  /** No value makes it fail when the pattern is a list. */
  readonly isTotalOnLists?: boolean
  /** Python's verdict. @throws PythonError where Python raises */
  test(value: unknown, pattern: unknown, host: ComparisonHost): boolean
}

const eq: Operator = { isTotal: true, test: (value, pattern) => equals(value, pattern) }
const neq: Operator = { isTotal: true, takesNull: true, test: (value, pattern) => !equals(value, pattern) }
const ieq: Operator = { test: (value, pattern) => equals(lower(value), lower(pattern)) }
const lt: Operator = { test: (value, pattern) => isOrdered(value, '<', pattern) }
const gt: Operator = { test: (value, pattern) => isOrdered(value, '>', pattern) }
const olderLess: Operator = { test: (value, pattern, host) => age(value, host) < toFloat(pattern) }
const olderMore: Operator = { test: (value, pattern, host) => age(value, host) > toFloat(pattern) }
const inside: Operator = { isTotalOnLists: true, test: (value, pattern) => contains(pattern, value) }
const outside: Operator = { isTotalOnLists: true, test: (value, pattern) => !contains(pattern, value) }

/**
 * Every operator but `search`, which is made of the others. The value comes first, the rule's pattern second.
 *
 * @source st2: st2common/st2common/operators.py; services.md 2.4
 */
const OPERATORS: Readonly<Record<Exclude<CriteriaOperator, 'search'>, Operator>> = {
  matchwildcard: { test: matchesWildcard },
  matchregex: { test: (value, pattern, host) => regexOf(pattern, 'start').matches(textFor(value), host) },
  regex: { test: (value, pattern, host) => regexOf(pattern, 'anywhere').matches(textFor(value), host) },
  iregex: { test: (value, pattern, host) => regexOf(pattern, 'any case').matches(textFor(value), host) },
  eq,
  equals: eq,
  neq,
  nequals: neq,
  ieq,
  iequals: ieq,
  contains: { test: (value, pattern) => contains(value, pattern) },
  icontains: { test: (value, pattern) => containsLower(value, pattern) },
  ncontains: { test: (value, pattern) => !contains(value, pattern) },
  incontains: { test: (value, pattern) => !containsLower(value, pattern) },
  startswith: { test: (value, pattern) => method(value, 'startswith').startsWith(affix(pattern, 'startswith')) },
  istartswith: { test: (value, pattern) => lower(value).startsWith(lower(pattern)) },
  endswith: { test: (value, pattern) => method(value, 'endswith').endsWith(affix(pattern, 'endswith')) },
  iendswith: { test: (value, pattern) => lower(value).endsWith(lower(pattern)) },
  lt,
  lessthan: lt,
  gt,
  greaterthan: gt,
  td_lt: olderLess,
  timediff_lt: olderLess,
  td_gt: olderMore,
  timediff_gt: olderMore,
  exists: { isTotal: true, takesNull: true, test: (value) => value !== null && value !== undefined },
  nexists: { isTotal: true, takesNull: true, test: (value) => value === null || value === undefined },
  inside,
  in: inside,
  ninside: outside,
  nin: outside,
}

/** The operator a rule names, in any case of letters; null when there is none. */
export function operatorNamed(name: string): Operator | null {
  const key = name.toLowerCase()
  return isOperatorName(key) ? OPERATORS[key] : null
}

function isOperatorName(name: string): name is keyof typeof OPERATORS {
  return Object.hasOwn(OPERATORS, name)
}

/** `value.<name>` of a text. */
function method(value: unknown, name: string): string {
  if (typeof value === 'string') return value
  throw new PythonError('AttributeError', `'${typeName(value)}' object has no attribute '${name}'`)
}

function lower(value: unknown): string {
  return method(value, 'lower').toLowerCase()
}

function affix(pattern: unknown, name: string): string {
  if (typeof pattern === 'string') return pattern
  throw new PythonTypeError(`${name} first arg must be str or a tuple of str, not ${typeName(pattern)}`)
}

/** NOTE: the pattern's own fault shows first. */
function containsLower(value: unknown, pattern: unknown): boolean {
  const wanted = lower(pattern)
  return lower(value).includes(wanted)
}

function textFor(value: unknown): string {
  if (typeof value === 'string') return value
  throw new PythonTypeError(`expected string or bytes-like object, got '${typeName(value)}'`)
}

function matchesWildcard(value: unknown, pattern: unknown, { budget }: ComparisonHost): boolean {
  for (const text of [value, pattern]) {
    if (typeof text === 'string') continue
    throw new PythonTypeError(`expected str, bytes or os.PathLike object, not ${typeName(text)}`)
  }
  return wildcards.get(String(pattern))(String(value), (steps) => budget.spend(steps))
}

/** Seconds from the moment a value names to now. */
function age(value: unknown, { now }: ComparisonHost): number {
  return (now - parseFreeDate(str(value), now)) / 1000
}

type RegexKind = 'start' | 'anywhere' | 'any case'

/** A regular expression whose steps are paid by whoever matches. */
class BoundedRegex {
  readonly #regex: Regex
  readonly #isAnchored: boolean
  #budget: StepBudget | null = null

  constructor(pattern: string, kind: RegexKind) {
    this.#isAnchored = kind === 'start'
    this.#regex = new Regex(pattern, {
      dotAll: kind === 'start',
      ignoreCase: kind === 'any case',
      onStep: () => this.#budget?.spend(STEPS_PER_REPORT),
    })
  }

  matches(text: string, { budget }: ComparisonHost): boolean {
    this.#budget = budget
    return (this.#isAnchored ? this.#regex.match(text) : this.#regex.search(text)) !== null
  }
}

/** The engine of regular expressions reports after as many. */
const STEPS_PER_REPORT = 25

function regexOf(pattern: unknown, kind: RegexKind): BoundedRegex {
  if (typeof pattern === 'string') return regexes[kind].get(pattern)
  if (typeof pattern === 'object' && pattern !== null) {
    throw new PythonTypeError(`unhashable type: '${typeName(pattern)}'`)
  }
  throw new PythonTypeError('first argument must be string or compiled pattern')
}

/** Compiled patterns kept of each kind; when there are more, the cache starts anew. */
const MAX_COMPILED = 2000

/** What is made from a text, made once. */
class Compiled<T> {
  readonly #make: (text: string) => T
  readonly #known = new Map<string, T>()

  constructor(make: (text: string) => T) {
    this.#make = make
  }

  get(text: string): T {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const made = this.#make(text)
    if (this.#known.size >= MAX_COMPILED) this.#known.clear()
    this.#known.set(text, made)
    return made
  }
}

const wildcards = new Compiled(compileWildcard)
const regexes: Readonly<Record<RegexKind, Compiled<BoundedRegex>>> = {
  start: new Compiled((text) => new BoundedRegex(text, 'start')),
  anywhere: new Compiled((text) => new BoundedRegex(text, 'anywhere')),
  'any case': new Compiled((text) => new BoundedRegex(text, 'any case')),
}
