import type { DesignerState, MendableProblem } from '@st2/designer'
import type { ActionParameters } from '@st2/orquesta'
import { type ReactNode, useEffect, useState } from 'react'
import { askWorkflowWorker } from '../../../widgets/code-editor/ask-workflow-worker.ts'
import { useKnownActions } from '../palette/use-actions.ts'
import { useDesignerState } from './designer-context.ts'
import { ProblemsContext } from './problems-context.ts'
import { useActionParameters } from './use-action-parameters.ts'

/** ms without a change until all of it is looked through. */
const REST_MS = 250
const NONE: readonly MendableProblem[] = []

/** Looks the workflow through when nobody has changed it for a moment, beside the page: a long one takes its time. */
export function ProblemsProvider({ children }: { readonly children: ReactNode }) {
  const state = useDesignerState()
  const knownActions = useKnownActions()
  const parameters = useActionParameters(state.workflow.model.tasks)
  const [problems, setProblems] = useState<readonly MendableProblem[]>(NONE)
  useEffect(() => {
    let isWanted = true
    const timer = setTimeout(() => {
      problemsOf(state, knownActions, parameters).then(
        (found) => isWanted && setProblems(found),
        // Nobody must be without the rest of the screen because of this.
        (error: unknown) => reportError(error),
      )
    }, REST_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [state, knownActions, parameters])
  return <ProblemsContext value={problems}>{children}</ProblemsContext>
}

function problemsOf(
  { workflow, metadata }: DesignerState,
  knownActions: ReadonlySet<string> | null,
  parameters: ReadonlyMap<string, ActionParameters>,
): Promise<readonly MendableProblem[]> {
  return askWorkflowWorker('problems', {
    texts: { workflow: workflow.text, metadata: metadata.text },
    knownActions: knownActions === null ? null : [...knownActions],
    parameters,
  })
}
