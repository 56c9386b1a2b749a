import { conditionText } from '../../../widgets/workflow-graph/edge-words.ts'
import type { DraftEdge } from './draft-graph.ts'

/** Characters of a condition, and names of variables, that are written on a line. */
const MAX_WORDS = 26
const MAX_NAMES = 2

/** What is written on each line: when it is taken, where that is not the usual way, and what it sets. Empty: nothing. */
export function edgeLabels(edges: readonly DraftEdge[]): ReadonlyMap<string, string> {
  const kinds = new Map<string, Set<string>>()
  for (const { source, condition } of edges) kinds.set(source, (kinds.get(source) ?? new Set()).add(condition.kind))
  return new Map(edges.map((edge) => [edge.id, edgeLabel(edge, kinds.get(edge.source)?.size === 1)]))
}

/** @param isUsual all that follows the task does so on the same kind of condition */
function edgeLabel({ condition, publish }: DraftEdge, isUsual: boolean): string {
  const sets = publish.length === 0 ? '' : `sets ${namesOf(publish)}`
  return [whenWords(condition, isUsual), sets].filter(Boolean).join(' · ')
}

/** All of it, for who looks closer. */
export function edgeMeaning({ source, target, condition, publish }: DraftEdge): string {
  const sets = publish.length === 0 ? '' : `, sets ${publish.join(', ')}`
  return `${source} → ${target.replace(/^\?|@.*$/g, '')}: ${conditionText(condition)}${sets}`
}

function whenWords(condition: DraftEdge['condition'], isUsual: boolean): string {
  if (condition.kind === 'expression') return shortened(condition.text)
  const isPlain = condition.kind === 'always' || condition.kind === 'succeeded'
  return isPlain && isUsual ? '' : condition.kind
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).join(', ')
  return names.length > MAX_NAMES ? `${shown} +${names.length - MAX_NAMES}` : shown
}

/** The delimiters are the least interesting part of an expression. */
function shortened(text: string): string {
  const inner = /^(?:<%|\{\{)\s*([\s\S]*?)\s*(?:%>|\}\})$/.exec(text)?.[1] ?? text
  return inner.length > MAX_WORDS ? `${inner.slice(0, MAX_WORDS - 1)}…` : inner
}
