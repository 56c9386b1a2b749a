import { conditionOf } from '../../../widgets/workflow-graph/orquesta-graph.ts'

export type ConditionChoice = 'always' | 'succeeded' | 'failed' | 'completed' | 'expression'

export const CONDITIONS: readonly { readonly value: ConditionChoice; readonly label: string }[] = [
  { value: 'always', label: 'always' },
  { value: 'succeeded', label: 'when succeeded' },
  { value: 'failed', label: 'when failed' },
  { value: 'completed', label: 'when completed' },
  { value: 'expression', label: 'when …' },
]

/** What follows unless somebody says otherwise: failures are not passed over by accident. */
export const WHEN_SUCCEEDED = '<% succeeded() %>'

export function conditionChoice(when: string | null): ConditionChoice {
  return conditionOf(when).kind
}

/** In the language that the condition was written in before. */
export function whenOf(choice: ConditionChoice, before: string | null): string | null {
  if (choice === 'always') return null
  if (choice === 'expression') return before ?? WHEN_SUCCEEDED
  return before?.trim().startsWith('{{') === true ? `{{ ${choice}() }}` : `<% ${choice}() %>`
}
