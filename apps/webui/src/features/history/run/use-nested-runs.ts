import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { RunExecutions } from '../../../api/run-executions.ts'
import { messageOf } from '../../../api/problem.ts'
import { runExecutions } from '../../../api/workflow-runs.ts'
import type { NestedRun } from '../../../widgets/run/run-rows.ts'

/** What workflows that were started by tasks have started themselves, as it comes to be known. */
export function useNestedRuns(ids: readonly string[]): ReadonlyMap<string, NestedRun> {
  const key = ids.join()
  const combine = useCallback(
    (results: readonly UseQueryResult<RunExecutions>[]) =>
      new Map(results.map((result, index) => [ids[index] ?? '', nestedOf(result)])),
    [key],
  )
  return useQueries({ queries: ids.map(runExecutions), combine })
}

function nestedOf({ data, error }: UseQueryResult<RunExecutions>): NestedRun {
  if (data !== undefined) return { kind: 'known', executions: [...data.byId.values()] }
  return error === null ? { kind: 'loading' } : { kind: 'failed', reason: messageOf(error) }
}
