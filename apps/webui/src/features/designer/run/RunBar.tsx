import { isCancelable, isCompleted } from '@st2/model'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../api/client.ts'
import { executionKeys } from '../../../api/execution-keys.ts'
import { executionDetails } from '../../../api/executions.ts'
import { problemOf } from '../../../api/problem.ts'
import { paths } from '../../../paths.ts'
import { ProblemNotice } from '../../../shell/ErrorPages.tsx'
import { Button } from '../../../ui/Button.tsx'
import { StatusBadge } from '../../../ui/StatusBadge.tsx'
import { toast } from '../../../ui/Toasts.tsx'
import { ElapsedTime } from '../../../widgets/execution/ElapsedTime.tsx'
import { useDesigner } from '../state/designer-context.ts'
import { runErrors } from './run-errors.ts'

/** The run that the canvas shows, live. */
export function RunBar({ execution: id }: { readonly execution: string }) {
  const { view } = useDesigner()
  const cache = useQueryClient()
  const { data: execution, isError, error, refetch } = useQuery(executionDetails(id))
  const cancel = useMutation({
    mutationFn: () => api().executions.cancel(id),
    onSuccess: () => cache.invalidateQueries({ queryKey: executionKeys.one(id) }),
    onError: (failure) => toast('bad', problemOf(failure).text),
  })
  return (
    <div aria-label="Run" className="play-bar" data-test="run_bar" role="group">
      {isError && <ProblemNotice error={error} retry={() => void refetch()} />}
      <div className="row wrap">
        <strong>Run</strong>
        {execution && <StatusBadge status={execution.status} testId="run_status" />}
        {execution && <ElapsedTime execution={execution} />}
        <span className="grow" />
        <a data-test="run_link" href={`#${paths.execution(id, 'graph')}`} rel="noopener" target="_blank">
          In the history
        </a>
        {execution && !isCompleted(execution.status) && (
          <Button
            busy={cancel.isPending}
            disabledReason={isCancelable(execution.status) ? undefined : `It is ${execution.status}`}
            icon="stop"
            onClick={() => cancel.mutate()}
            size="s"
          >
            Cancel
          </Button>
        )}
        <Button
          aria-label="Close the run; it goes on"
          data-test="run_close"
          icon="cross"
          look="plain"
          onClick={() => view.setState({ performance: null })}
          size="s"
        />
      </div>
      {execution?.status === 'failed' && (
        <ul className="mono play-errors" data-test="run_errors">
          {runErrors(execution.result).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
