import { maxTextLength } from './pattern-cost.ts'
import { parsePattern, type PatternNode } from './pattern-syntax.ts'

/** A pattern of Python's `re` (Unicode, search anywhere in the text), to be run by JavaScript's engine. */
export interface Pattern {
  /** false for texts longer than `maxLength`. */
  isFoundIn(text: string): boolean
  /** Longer texts are not searched: see pattern-cost.ts. */
  readonly maxLength: number
}

/** Compiled patterns that are kept. Schemas share a few dozen; more are dropped, oldest first. */
const MAX_KEPT_PATTERNS = 1000
export const MAX_PATTERN_LENGTH = 5000

/** @throws SyntaxError when the pattern is invalid, has no counterpart in JavaScript or could take exponential time */
export function compilePattern(source: string): Pattern {
  const known = kept.get(source)
  if (known !== undefined) return known
  const pattern = compile(source)
  const [oldest] = kept.keys()
  if (kept.size >= MAX_KEPT_PATTERNS && oldest !== undefined) kept.delete(oldest)
  kept.set(source, pattern)
  return pattern
}

const kept = new Map<string, Pattern>()

function compile(source: string): Pattern {
  if (source.length > MAX_PATTERN_LENGTH) {
    throw new SyntaxError(`pattern '${source.slice(0, 40)}…' is longer than ${MAX_PATTERN_LENGTH} characters`)
  }
  const parsed = parsePattern(source)
  const expression = new RegExp(alternativesText(parsed.alternatives), parsed.ignoreCase ? 'vi' : 'v')
  const maxLength = maxTextLength(parsed, source)
  return { maxLength, isFoundIn: (text) => text.length <= maxLength && expression.test(text) }
}

function alternativesText(alternatives: readonly PatternNode[][]): string {
  return alternatives.map((sequence) => sequence.map(nodeText).join('')).join('|')
}

function nodeText(node: PatternNode): string {
  switch (node.kind) {
    case 'group':
      return `${node.open}${alternativesText(node.alternatives)})`
    case 'repeat':
      return `(?:${nodeText(node.node)})${quantifierText(node.min, node.max)}${node.isLazy ? '?' : ''}`
    default:
      return node.source
  }
}

function quantifierText(min: number, max: number): string {
  return max === Infinity ? `{${min},}` : `{${min},${max}}`
}
