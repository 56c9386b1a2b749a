import { useQuery } from '@tanstack/react-query'
import { NO_FILTERS } from '../../api/execution-filters.ts'
import { executionList } from '../../api/executions.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { EmptyState, Skeleton } from '../../ui/Feedback.tsx'
import { ExecutionRow } from '../../widgets/execution/ExecutionRow.tsx'

const SHOWN = 10

/** The last runs of the action, live. */
export function ActionExecutions({ actionRef }: { readonly actionRef: string }) {
  const executions = useQuery(executionList({ ...NO_FILTERS, action: [actionRef] }, SHOWN))
  if (executions.isError) return <ProblemNotice error={executions.error} retry={() => void executions.refetch()} />
  if (executions.isPending) return <Skeleton widths={[90, 80, 85]} />
  const { items, total } = executions.data
  if (items.length === 0)
    return (
      <EmptyState icon="history" title="This action has not run yet">
        Its runs appear here as soon as somebody, a rule or a workflow starts it.
      </EmptyState>
    )
  return (
    <div className="card">
      <ul className="recent-runs">
        {items.map((execution) => (
          <li key={execution.id}>
            <ExecutionRow execution={execution} to={paths.execution(execution.id)} />
          </li>
        ))}
      </ul>
      <p className="card-body">
        <AppLink to={paths.history({ action: [actionRef] })}>
          See full action history ({(total ?? items.length).toLocaleString('en')})
        </AppLink>
      </p>
    </div>
  )
}
