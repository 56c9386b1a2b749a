import type { ParsedPattern, PatternNode } from './pattern-syntax.ts'

/** Steps one search may cost at worst: what the longest text of a pattern follows from. */
export const MAX_SEARCH_STEPS = 200_000_000
export const MAX_TEXT_LENGTH = 1_000_000

/** Repetitions up to this count are fixed text, not a loop. */
const FEW = 10

type Chars = ReadonlySet<number>

/**
 * The longest text a pattern may be searched in. A backtracking search costs at most length^n steps, n being how many
 * loops in a row can share the same characters (one more when the search may begin anywhere).
 *
 * @throws SyntaxError when a loop within a loop leaves more than one way to split a text: its cost is exponential
 */
export function maxTextLength(pattern: ParsedPattern, source: string): number {
  const analysis = new CostAnalysis(pattern.ignoreCase, source)
  for (const sequence of pattern.alternatives) analysis.refuseExponential(sequence)
  const loops = Math.max(...pattern.alternatives.map((sequence) => analysis.loopsInARow(sequence)))
  if (loops === 0) return MAX_TEXT_LENGTH
  const isAnchored = pattern.alternatives.every(([first]) => first?.kind === 'assertion' && first.anchorsStart)
  return Math.min(MAX_TEXT_LENGTH, Math.floor(MAX_SEARCH_STEPS ** (1 / (loops + (isAnchored ? 0 : 1)))))
}

class CostAnalysis {
  private readonly ignoreCase: boolean
  private readonly source: string
  private readonly known = new Map<string, Chars>()
  private longest = 0

  constructor(ignoreCase: boolean, source: string) {
    this.ignoreCase = ignoreCase
    this.source = source
  }

  refuseExponential(sequence: readonly PatternNode[]): void {
    for (const node of sequence) {
      const inner = node.kind === 'repeat' ? node.node : node
      if (inner.kind !== 'group') continue
      for (const alternative of inner.alternatives) this.refuseExponential(alternative)
      if (node.kind === 'repeat' && node.max > FEW) this.refuseAmbiguous(inner.alternatives)
    }
  }

  loopsInARow(sequence: readonly PatternNode[]): number {
    this.longest = 0
    this.walk(sequence, [])
    return this.longest
  }

  /** The body of a loop must tell by its text alone where one round ends and which alternative it took. */
  private refuseAmbiguous(alternatives: readonly PatternNode[][]): void {
    for (const alternative of alternatives) {
      const loose = looseChars(alternative)
      if (loose.length > 0 && !this.hasDelimiter(alternative, loose)) this.refuse('a loop within a loop')
      if (alternative.length === 0) this.refuse('a loop over nothing')
    }
    for (const [index, left] of alternatives.entries()) {
      for (const right of alternatives.slice(index + 1)) {
        if (!this.areDistinct(left, right)) this.refuse('alternatives that begin alike within a loop')
      }
    }
  }

  private refuse(what: string): never {
    throw new SyntaxError(`pattern '${this.source}' cannot be used: ${what} could take exponential time`)
  }

  /** A character that every round has and that no repetition in the round can take. */
  private hasDelimiter(sequence: readonly PatternNode[], loose: readonly PatternNode[]): boolean {
    return sequence.some((node) => {
      const char = mandatoryChar(node)
      return char !== null && loose.every((other) => this.areDisjoint(char, other))
    })
  }

  /** Fixed texts of which one position tells which it is. */
  private areDistinct(left: readonly PatternNode[], right: readonly PatternNode[]): boolean {
    for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
      const [a, b] = [left[index], right[index]]
      const [first, second] = [a && mandatoryChar(a), b && mandatoryChar(b)]
      if (first == null || second == null) return false
      if (this.areDisjoint(first, second)) return true
      if (a?.kind !== 'char' || b?.kind !== 'char') return false
    }
    return false
  }

  private walk(sequence: readonly PatternNode[], before: PatternNode[]): PatternNode[] {
    let run = before
    for (const node of sequence) {
      if (node.kind === 'char') {
        if (run.every((loop) => this.areDisjoint(loop, node))) run = []
      } else if (node.kind === 'group') run = this.walkGroup(node.alternatives, run)
      else if (node.kind === 'repeat') run = this.walkRepeat(node, run)
      this.longest = Math.max(this.longest, run.length)
    }
    return run
  }

  private walkGroup(alternatives: readonly PatternNode[][], run: PatternNode[]): PatternNode[] {
    const runs = alternatives.map((alternative) => this.walk(alternative, run))
    return runs.reduce((longest, each) => (each.length > longest.length ? each : longest), [])
  }

  private walkRepeat(node: Extract<PatternNode, { kind: 'repeat' }>, run: PatternNode[]): PatternNode[] {
    const isLoop = node.max > FEW
    if (node.node.kind === 'group') {
      const inner = this.walkGroup(node.node.alternatives, run)
      return node.min === 0 && run.length > inner.length ? run : inner
    }
    if (isLoop) return [...run.filter((loop) => !this.areDisjoint(loop, node.node)), node.node]
    return node.min > 0 && run.every((loop) => this.areDisjoint(loop, node.node)) ? [] : run
  }

  private areDisjoint(left: PatternNode, right: PatternNode): boolean {
    const [a, b] = [this.charsOf(left), this.charsOf(right)]
    if (a === null || b === null) return false
    return a.size <= b.size ? ![...a].some((char) => b.has(char)) : ![...b].some((char) => a.has(char))
  }

  /** null when it is not known: the text of a reference. */
  private charsOf(node: PatternNode): Chars | null {
    if (node.kind !== 'char') return null
    const known = this.known.get(node.source)
    if (known !== undefined) return known
    const matcher = new RegExp(`^(?:${node.source})$`, this.ignoreCase ? 'vi' : 'v')
    const chars = new Set(SAMPLE.filter((code) => matcher.test(String.fromCodePoint(code))))
    this.known.set(node.source, chars)
    return chars
  }
}

/** ASCII and one character of each kind beyond it: enough to tell the classes of practice apart. */
const SAMPLE: readonly number[] = [
  ...Array.from({ length: 128 }, (_, code) => code),
  ...Array.from('éÉжЖ中٣²\u0085\u00a0\u2003\u2028₤–😀', (char) => char.codePointAt(0) ?? 0),
]

/** What stands under repetitions of changing count, at any depth. */
function looseChars(sequence: readonly PatternNode[], isLoose = false): PatternNode[] {
  return sequence.flatMap((node): PatternNode[] => {
    switch (node.kind) {
      case 'char':
      case 'reference':
        return isLoose || node.kind === 'reference' ? [node] : []
      case 'assertion':
        return []
      case 'group':
        return node.alternatives.flatMap((alternative) => looseChars(alternative, isLoose))
      case 'repeat':
        return looseChars([node.node], isLoose || node.min !== node.max)
    }
  })
}

function mandatoryChar(node: PatternNode): PatternNode | null {
  if (node.kind === 'char') return node
  return node.kind === 'repeat' && node.min > 0 && node.node.kind === 'char' ? node.node : null
}
