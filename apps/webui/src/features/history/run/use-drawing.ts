import { type Execution, isOrquestaRunner } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { actionEntryPoint } from '../../../api/actions.ts'
import { messageOf } from '../../../api/problem.ts'
import { chainGraph } from '../../../widgets/workflow-graph/chain-graph.ts'
import { orquestaGraph } from '../../../widgets/workflow-graph/orquesta-graph.ts'
import type { StaticGraph } from '../../../widgets/workflow-graph/static-graph.ts'
import { runnerOf } from '../../../widgets/execution/runner-of.ts'

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
  const runner = runnerOf(execution)
  // It is here sooner than what the workflow tells, and mostly the same: then nothing has to be drawn again.
  const file = useQuery({ ...actionEntryPoint(ref), enabled: definition === undefined })
  const text = definition ?? file.data
  const parsed = useMemo(() => (text === undefined ? null : parse(text, runner)), [text, runner])
  if (parsed === null)
    return !isPending && file.isError ? { kind: 'failed', reason: messageOf(file.error) } : { kind: 'loading' }
  if ('reason' in parsed) return { kind: 'failed', reason: parsed.reason }
  return { kind: 'drawn', graph: parsed.graph, isOfToday: definition === undefined && !isPending }
}

function parse(text: string, runner: string): { readonly graph: StaticGraph } | { readonly reason: string } {
  try {
    return { graph: isOrquestaRunner(runner) ? orquestaGraph(text) : chainGraph(text) }
  } catch (error) {
    return { reason: messageOf(error) }
  }
}
