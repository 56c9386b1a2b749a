import { ApiError } from '@st2/client'
import { isCompleted, isExecutionStatus } from '@st2/model'
import type { QueryClient, QueryFilters } from '@tanstack/react-query'

/**
 * Asks again, once each, for what is shown: the stream tells of changes only from now on. What is on its way is awaited first, because it may
 * have been told before; what cannot change any more is left alone.
 */
export async function catchUp(client: QueryClient, wanted: readonly QueryFilters[]): Promise<void> {
  // What nobody looks at is asked for when somebody does.
  for (const filters of wanted) void client.invalidateQueries({ ...filters, type: 'inactive', refetchType: 'none' })
  const queries = wanted.flatMap((filters) => client.getQueryCache().findAll({ ...filters, type: 'active' }))
  await Promise.all(
    queries.map(async (query) => {
      // NOTE: a failed request is told by whoever shows what it was for.
      if (query.state.fetchStatus === 'fetching') await query.promise?.catch(() => undefined)
      if (!isRefused(query.state.error) && !isFinal(query.state.data))
        await client.invalidateQueries({ queryKey: query.queryKey, exact: true })
    }),
  )
}

/** The answer stays the same however often one asks; to somebody else it may be another. */
function isRefused(error: unknown): boolean {
  return error instanceof ApiError && error.status < 500 && error.status !== 401
}

/** Executions and workflows that have ended, and runs that were asked for after they had. */
function isFinal(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  if ('isFinal' in data) return data.isFinal === true
  return 'status' in data && isExecutionStatus(data.status) && isCompleted(data.status)
}
