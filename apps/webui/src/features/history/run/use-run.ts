import { type Execution, isCompleted, isOrquestaRunner, type WorkflowView } from '@st2/model'
import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import { NO_EXECUTIONS, type RunExecutions } from '../../../api/run-executions.ts'
import { hasWorkflowRecord, rerunOrigins, runExecutions, workflowInsight } from '../../../api/workflow-runs.ts'
import { type RunModel, runModel } from '../../../widgets/run/run-model.ts'
import { runnerOf } from '../../../widgets/execution/runner-of.ts'

/** All that is known of a run of a workflow. */
export interface Run {
  readonly execution: Execution
  /** Of this run, and of those whose tasks it runs again. */
  readonly executions: RunExecutions
  readonly insight: WorkflowView | null
  readonly model: RunModel
  readonly isPending: boolean
  /** What the workflow decided last is not known yet. */
  readonly isBehind: boolean
  /** Why its executions are missing. */
  readonly error: unknown
  /** Why the workflow's own view is missing: then only what the executions tell is known. */
  readonly insightError: unknown
  readonly retry: () => void
}

const NO_IDS: readonly string[] = []

export function useRun(execution: Execution): Run {
  const isOrquesta = isOrquestaRunner(runnerOf(execution))
  const hasRecord = isOrquesta && hasWorkflowRecord(execution)
  const own = useQuery(runExecutions(execution.id))
  const insight = useQuery({ ...workflowInsight(execution.id), enabled: hasRecord })
  const origins = useQuery({ ...rerunOrigins(execution), enabled: isOrquesta })
  const earlier = useQueries({
    queries: (origins.data ?? NO_IDS).map(runExecutions),
    combine: joined,
  })
  const executions = useMemo(() => together(earlier, own.data ?? NO_EXECUTIONS), [earlier, own.data])
  const model = useMemo(
    () => runModel({ status: execution.status, executions: executions.byId.values(), insight: insight.data ?? null }),
    [execution.status, executions, insight.data],
  )
  return {
    execution,
    executions,
    insight: insight.data ?? null,
    model,
    isPending: own.isPending || (hasRecord ? insight.isPending : isOrquesta && !isCompleted(execution.status)),
    isBehind: insight.data !== undefined && insight.data.status !== execution.status,
    error: own.error ?? null,
    insightError: insight.data === undefined ? insight.error : null,
    retry: () => void own.refetch(),
  }
}

function joined(results: readonly UseQueryResult<RunExecutions>[]): RunExecutions {
  return results.reduce((known, { data }) => together(data ?? NO_EXECUTIONS, known), NO_EXECUTIONS)
}

function together(first: RunExecutions, second: RunExecutions): RunExecutions {
  if (first.byId.size === 0) return second
  return {
    byId: new Map([...first.byId, ...second.byId]),
    total: first.total + second.total,
    isComplete: first.isComplete && second.isComplete,
    isFinal: first.isFinal && second.isFinal,
  }
}
