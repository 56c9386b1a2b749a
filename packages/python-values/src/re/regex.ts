import { Machine, StepCounter } from './machine.ts'
import { parseRegex } from './parser.ts'
import { compileProgram, type Program } from './program.ts'
import type { Matches } from './syntax.ts'

export interface RegexOptions {
  ignoreCase?: boolean
  multiLine?: boolean
  dotAll?: boolean
  /** Called after each 25 steps (`REPORT_EVERY`), so that a caller can end a search that takes too long by throwing. */
  onStep?: () => void
}

/** A match: places count code points, as Python does. */
export interface RegexMatch {
  start: number
  end: number
  /** The whole match first, then the groups; null for a group that took no part. */
  groups: (string | null)[]
  /** Start and end of each group, -1 for one that took no part. */
  spans: [number, number][]
}

/** A compiled pattern of Python's `re`, run in an engine that counts its steps. */
export class Regex {
  readonly groups: number
  readonly names: ReadonlyMap<string, number>
  readonly #program: Program
  readonly #onStep: (() => void) | undefined

  /** @throws PythonRegexError with Python's text */
  constructor(pattern: string, options: RegexOptions = {}) {
    const flags = {
      ignoreCase: options.ignoreCase ?? false,
      multiLine: options.multiLine ?? false,
      dotAll: options.dotAll ?? false,
      verbose: false,
      ascii: false,
    }
    const parsed = parseRegex(pattern, flags)
    this.groups = parsed.groups
    this.names = parsed.names
    this.#program = compileProgram(parsed.node, parsed.groups)
    this.#onStep = options.onStep
  }

  /** A match that begins where the text does. */
  match(text: string): RegexMatch | null {
    return this.#at(toPoints(text), 0, -1, new StepCounter(this.#onStep))
  }

  /** The first match anywhere. */
  search(text: string): RegexMatch | null {
    return this.matchAll(text).next().value ?? null
  }

  /** All matches one after the other; an empty one never stands where another just was. */
  *matchAll(text: string): Generator<RegexMatch, undefined> {
    const points = toPoints(text)
    const steps = new StepCounter(this.#onStep)
    let from = 0
    let forbidden = -1
    while (from <= points.length) {
      from = this.#candidate(points, from, steps)
      const found = this.#at(points, from, forbidden, steps)
      if (found === null) {
        from++
        forbidden = -1
        continue
      }
      yield found
      forbidden = found.end === found.start ? found.end : -1
      from = found.end
    }
    return undefined
  }

  /** The next place where a match could begin, going by the first character the pattern needs. */
  #candidate(points: Uint32Array, from: number, steps: StepCounter): number {
    const first = firstOf(this.#program)
    if (first === null) return from
    let at = from
    while (at < points.length && !first(points[at] ?? 0)) at++
    steps.count((at - from) >> 3)
    return at
  }

  #at(points: Uint32Array, start: number, forbiddenEnd: number, steps: StepCounter): RegexMatch | null {
    const machine = new Machine(this.#program, points, steps)
    const end = machine.run(this.#program.code, start, forbiddenEnd)
    if (end < 0) return null
    const spans: [number, number][] = [[start, end]]
    for (let group = 1; group <= this.groups; group++) {
      const [from, to] = [machine.slots[group * 2] ?? -1, machine.slots[group * 2 + 1] ?? -1]
      spans.push(from < 0 || to < 0 ? [-1, -1] : [from, to])
    }
    return { start, end, spans, groups: spans.map(([from, to]) => (from < 0 ? null : fromPoints(points, from, to))) }
  }
}

/** What the first character of every match satisfies; null where a match may begin otherwise. */
function firstOf({ code }: Program): Matches | null {
  const first = code.find((instruction) => instruction.op !== 'save')
  if (first?.op === 'set') return first.matches
  return first?.op === 'run' && first.min > 0 ? first.matches : null
}

function toPoints(text: string): Uint32Array {
  const isPlain = !/[\ud800-\udfff]/.test(text)
  if (isPlain) return Uint32Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  return Uint32Array.from(Array.from(text, (char) => char.codePointAt(0) ?? 0))
}

/** Pieces small enough to be passed as arguments. */
const CHUNK = 4096

function fromPoints(points: Uint32Array, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at += CHUNK)
    text += String.fromCodePoint(...points.subarray(at, Math.min(to, at + CHUNK)))
  return text
}
