import { PyObject, Regex, type RegexMatch, repr } from '@st2/python-values'
import type { Evaluation } from '../evaluation.ts'
import { charge } from '../values/meter.ts'

/** What 25 steps of a search cost: so much that the evaluation's limit is reached before the one of a single search. */
const STEPS_PER_REPORT = 3

export interface PatternFlags {
  ignoreCase: boolean
  multiLine: boolean
  dotAll: boolean
}

/** In the order Python shows them. */
const FLAG_NAMES = [
  ['i', 'IGNORECASE'],
  ['m', 'MULTILINE'],
  ['s', 'DOTALL'],
  ['x', 'VERBOSE'],
  ['a', 'ASCII'],
] as const

const NO_FLAGS: PatternFlags = {
  ignoreCase: false,
  multiLine: false,
  dotAll: false,
}

/** A compiled regular expression. Its steps count against the evaluation that made it. */
export class Pattern extends PyObject {
  readonly pyType = 're.Pattern'
  readonly source: string
  readonly flags: PatternFlags
  readonly #regex: Regex

  /** @throws PythonRegexError with Python's text */
  constructor(source: string, flags: PatternFlags, evaluation: Evaluation) {
    super()
    this.source = source
    this.flags = flags
    this.#regex = new Regex(source, {
      ...flags,
      onStep: () => evaluation.budget.spend(STEPS_PER_REPORT),
    })
  }

  get groups(): number {
    return this.#regex.groups
  }

  get names(): ReadonlyMap<string, number> {
    return this.#regex.names
  }

  search(text: string): RegexMatch | null {
    charge(text.length >> 5)
    return this.#regex.search(text)
  }

  matches(text: string): Iterator<RegexMatch, undefined> & Iterable<RegexMatch> {
    charge(text.length >> 5)
    return this.#regex.matchAll(text)
  }

  pyRepr(): string {
    const { ignoreCase, multiLine, dotAll } = this.flags
    const inline = /^\(\?([aimsux]+)\)/.exec(this.source)?.[1] ?? ''
    const shown = FLAG_NAMES.filter(
      ([letter]) =>
        inline.includes(letter) ||
        (letter === 'i' && ignoreCase) ||
        (letter === 'm' && multiLine) ||
        (letter === 's' && dotAll),
    ).map(([, name]) => `re.${name}`)
    return `re.compile(${repr(this.source).slice(0, 200)}${shown.length === 0 ? '' : `, ${shown.join('|')}`})`
  }

  override pyEquals(other: unknown): boolean {
    return other instanceof Pattern && other.hashText() === this.hashText()
  }

  hashText(): string {
    const { ignoreCase, multiLine, dotAll } = this.flags
    return `\0r${Number(ignoreCase)}${Number(multiLine)}${Number(dotAll)}${this.source}`
  }
}

const compiled = new WeakMap<Evaluation, Map<string, Pattern>>()

/** The pattern, compiled once per evaluation: `where($ =~ 'x')` asks for it again and again. */
export function patternOf(source: string, evaluation: Evaluation, flags: PatternFlags = NO_FLAGS): Pattern {
  const known = compiled.get(evaluation) ?? new Map<string, Pattern>()
  compiled.set(evaluation, known)
  const key = `${Number(flags.ignoreCase)}${Number(flags.multiLine)}${Number(flags.dotAll)}${source}`
  const found = known.get(key)
  if (found !== undefined) return found
  evaluation.budget.spend(STEPS_OF_COMPILING + source.length)
  const pattern = new Pattern(source, flags, evaluation)
  if (known.size < MAX_COMPILED) known.set(key, pattern)
  return pattern
}

const MAX_COMPILED = 100
const STEPS_OF_COMPILING = 20
