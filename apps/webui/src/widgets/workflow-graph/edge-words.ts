import type { Condition, StaticEdge, StaticGraph } from './static-graph.ts'

/** Characters of a condition that are written on a line. */
const MAX_WORDS = 22

/**
 * What is written on each line: a condition is told where it is not the only and usual one. Lines without words are not in
 * the answer. Pure.
 */
export function edgeWords({ edges }: StaticGraph): ReadonlyMap<string, string> {
  const kinds = new Map<string, Set<string>>()
  for (const { source, condition } of edges) kinds.set(source, (kinds.get(source) ?? new Set()).add(condition.kind))
  const words = new Map<string, string>()
  for (const edge of edges) {
    const text = wordsOf(edge, (kinds.get(edge.source)?.size ?? 0) > 1)
    if (text !== null) words.set(edge.id, text)
  }
  return words
}

function wordsOf({ condition }: StaticEdge, isOneOfSeveral: boolean): string | null {
  if (condition.kind === 'expression') return shortened(condition.text)
  if (condition.kind === 'failed') return 'failed'
  return isOneOfSeveral && condition.kind !== 'always' ? condition.kind : null
}

/** The delimiters are the least interesting part of an expression. */
function shortened(text: string): string {
  const inner = /^(?:<%|\{\{)\s*([\s\S]*?)\s*(?:%>|\}\})$/.exec(text)?.[1] ?? text
  return inner.length > MAX_WORDS ? `${inner.slice(0, MAX_WORDS - 1)}…` : inner
}

/** The whole of it, for who looks closer. */
export function conditionText(condition: Condition): string {
  if (condition.kind === 'expression') return condition.text
  return condition.kind === 'always'
    ? 'always'
    : `when it ${condition.kind === 'completed' ? 'has ended' : condition.kind}`
}
