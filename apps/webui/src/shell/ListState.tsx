import type { UseQueryResult } from '@tanstack/react-query'
import { Skeleton } from '../ui/Feedback.tsx'
import { ProblemNotice } from './ErrorPages.tsx'

interface ListStateProps {
  readonly query: Pick<UseQueryResult, 'isPending' | 'error' | 'refetch'>
  /** Of the grey bars. */
  readonly widths: readonly number[]
}

/** What stands in place of rows: grey bars while they are loaded, or why they could not be. */
export function ListState({ query, widths }: ListStateProps) {
  if (!query.isPending && query.error === null) return null
  return (
    <div className="card-body">
      {query.isPending ? (
        <Skeleton widths={widths} />
      ) : (
        <ProblemNotice error={query.error} retry={() => void query.refetch()} />
      )}
    </div>
  )
}
