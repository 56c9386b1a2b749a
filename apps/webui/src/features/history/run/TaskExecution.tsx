import { ApiError } from '@st2/client'
import { isCompleted, isWorkflowRunner } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { executionDetails } from '../../../api/executions.ts'
import { paths } from '../../../paths.ts'
import { AppLink } from '../../../shell/AppLink.tsx'
import { ProblemNotice } from '../../../shell/ErrorPages.tsx'
import { Notice, Skeleton } from '../../../ui/Feedback.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { LiveOutput } from '../../../widgets/execution/LiveOutput.tsx'
import { printsOutput } from '../../../widgets/execution/reporter.ts'
import { ResultView } from '../../../widgets/execution/ResultView.tsx'
import { runnerOf } from '../../../widgets/execution/runner-of.ts'
import { ParametersCard } from '../ParametersCard.tsx'

/** What the execution of a task was given, and what came of it. */
export function TaskExecution({ id }: { readonly id: string }) {
  const details = useQuery(executionDetails(id))
  if (details.error instanceof ApiError && details.error.status === 404)
    return <Notice tone="warn">This execution was deleted meanwhile.</Notice>
  if (details.isError && details.data === undefined)
    return <ProblemNotice error={details.error} retry={() => void details.refetch()} />
  const execution = details.data
  if (execution === undefined) return <Skeleton widths={[60, 90, 40]} />
  const runner = runnerOf(execution)
  const isOpen = !isCompleted(execution.status)
  return (
    <>
      {isWorkflowRunner(runner) && (
        <AppLink className="btn" to={paths.execution(id, 'graph')}>
          <Icon name="graph" /> Open this workflow
        </AppLink>
      )}
      <ParametersCard execution={execution} />
      {isOpen && printsOutput(runner) && <LiveOutput executionId={id} maxHeight={260} />}
      {!isOpen && <ResultView execution={execution} />}
    </>
  )
}
