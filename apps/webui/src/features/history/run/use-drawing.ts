import { type Execution, isOrquestaRunner } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { actionEntryPoint } from '../../../api/actions.ts'
import { messageOf } from '../../../api/problem.ts'
import { chainGraph } from '../../../widgets/workflow-graph/chain-graph.ts'
import { orquestaGraph } from '../../../widgets/workflow-graph/orquesta-graph.ts'
import type { StaticGraph } from '../../../widgets/workflow-graph/static-graph.ts'

export type Drawing =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'drawn'
      readonly graph: StaticGraph
      /** The file as it is now: what it was when this ran is not known. */
      readonly isOfToday: boolean
    }
  | { readonly kind: 'failed'; readonly reason: string }

/** The graph of the workflow that an execution runs, from the definition as it was at its start where that is known. */
export function useDrawing(execution: Execution, definition: string | undefined, isPending: boolean): Drawing {
  const ref = execution.action?.ref ?? ''
  const runner = execution.runner?.name ?? ''
  const isAsked = definition === undefined && !isPending
  const file = useQuery({ ...actionEntryPoint(ref), enabled: isAsked })
  const text = definition ?? (isAsked ? file.data : undefined)
  return useMemo(() => {
    if (text === undefined)
      return isAsked && file.isError ? { kind: 'failed', reason: messageOf(file.error) } : { kind: 'loading' }
    try {
      const graph = isOrquestaRunner(runner) ? orquestaGraph(text) : chainGraph(text)
      return { kind: 'drawn', graph, isOfToday: definition === undefined }
    } catch (error) {
      return { kind: 'failed', reason: messageOf(error) }
    }
  }, [text, runner, definition, isAsked, file.isError, file.error])
}
