import { parseInlineParameters } from '@st2/orquesta'
import type { YamlMapping } from '@st2/yaml'
import { pairOf } from '../yaml-edits/edit-path.ts'
import { colorIn } from './gap-comments.ts'
import { entriesOfNode, fieldOf, resolved, textOf } from './node-values.ts'
import { listedEntries } from './read-entries.ts'
import type { SourceText } from './source-text.ts'
import type { TransitionModel } from './workflow-model.ts'

export const TRANSITION_KEYS = ['when', 'publish', 'do'] as const

/** @param gapStart where what is before the transition ends */
export function readTransition(
  source: SourceText,
  node: YamlMapping,
  index: number,
  gapStart: number,
): TransitionModel {
  return {
    index,
    when: textOf(fieldOf(node, 'when')),
    ...publishOf(node),
    ...destinationsOf(node),
    color: colorOf(source, node, gapStart)?.value ?? null,
  }
}

function publishOf(node: YamlMapping): Pick<TransitionModel, 'publish' | 'publishForm'> {
  const field = resolved(fieldOf(node, 'publish'))
  if (field?.kind === 'seq') return { publish: listedEntries(field).map(({ entry }) => entry), publishForm: 'list' }
  const text = textOf(field)
  if (text === null) return { publish: [], publishForm: 'none' }
  return { publish: parseInlineParameters(text).map(([name, value]) => ({ name, value })), publishForm: 'string' }
}

function destinationsOf(node: YamlMapping): Pick<TransitionModel, 'do' | 'doForm'> {
  const field = resolved(fieldOf(node, 'do'))
  if (field?.kind === 'seq') return { do: field.items.map(({ value }) => textOf(value) ?? ''), doForm: 'list' }
  if (field?.kind === 'map') return { do: entriesOfNode(field).map(({ name }) => name), doForm: 'list' }
  const text = textOf(field)
  if (text === null || text === '') return { do: [], doForm: 'none' }
  return { do: text.split(',').map((name) => name.trim()), doForm: 'string' }
}

/** The comment above `do`; where that is the first key, above the transition's dash. */
export function colorOf(source: SourceText, node: YamlMapping, gapStart: number) {
  const pair = pairOf(node, 'do')
  if (pair === null) return null
  const before = node.pairs[node.pairs.indexOf(pair) - 1]
  return colorIn(source, before?.end ?? gapStart, pair.start)
}
