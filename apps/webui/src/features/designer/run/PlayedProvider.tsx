import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { executionDetails } from '../../../api/executions.ts'
import { NO_EXECUTIONS } from '../../../api/run-executions.ts'
import { runExecutions, workflowInsight } from '../../../api/workflow-runs.ts'
import { runModel } from '../../../widgets/run/run-model.ts'
import { useView } from '../state/designer-context.ts'
import { type Played, PlayedContext } from './performance.ts'

/** What is played on the canvas at present: a run, live; a simulation; or nothing. */
export function PlayedProvider({ children }: { readonly children: ReactNode }) {
  const performance = useView((view) => view.performance)
  const run = usePlayedRun(performance?.kind === 'run' ? performance.execution : null)
  return (
    <PlayedContext value={performance?.kind === 'simulation' ? performance.state.played : run}>
      {children}
    </PlayedContext>
  )
}

function usePlayedRun(id: string | null): Played | null {
  const enabled = id !== null
  const execution = useQuery({ ...executionDetails(id ?? ''), enabled }).data
  const executions = useQuery({ ...runExecutions(id ?? ''), enabled }).data ?? NO_EXECUTIONS
  const insight = useQuery({ ...workflowInsight(id ?? ''), enabled }).data ?? null
  const status = execution?.status ?? 'requested'
  return useMemo(
    () => (enabled ? { status, model: runModel({ status, executions: executions.byId.values(), insight }) } : null),
    [enabled, status, executions, insight],
  )
}
