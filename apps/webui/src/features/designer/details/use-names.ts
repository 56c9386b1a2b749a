import { type ExpressionNames, type NamesPlace, WorkflowNames } from '@st2/designer'
import { useMemo } from 'react'
import { useDesignerState } from '../state/designer-context.ts'

/** One for all fields: it reads a text once. */
const names = new WorkflowNames()

/** What expressions at a place may name. */
export function useNames(place: NamesPlace): ExpressionNames {
  const { text } = useDesignerState().workflow
  const key = JSON.stringify(place)
  return useMemo(() => names.namesAt(text, place), [text, key])
}
