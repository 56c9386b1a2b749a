import { ApiError } from '@st2/client'
import { type Execution, type ExecutionStatus, isCancelable, isCompleted, isWorkflowRunner } from '@st2/model'
import { useMutation, useQuery } from '@tanstack/react-query'
import { lazy, memo, Suspense } from 'react'
import { api } from '../../api/client.ts'
import type { HistoryFilters } from '../../api/execution-filters.ts'
import { executionDetails } from '../../api/executions.ts'
import { wasDeleted } from '../../api/live.ts'
import { messageOf } from '../../api/problem.ts'
import { type ExecutionSection, paths } from '../../paths.ts'
import { AppLink, useGo } from '../../shell/AppLink.tsx'
import { DetailHead } from '../../shell/DetailHead.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { Tabs } from '../../shell/Tabs.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState, Notice, Skeleton } from '../../ui/Feedback.tsx'
import { JsonValue } from '../../ui/json/JsonTree.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { CopyRunMenu } from '../../widgets/CopyRunMenu.tsx'
import { LiveOutput } from '../../widgets/execution/LiveOutput.tsx'
import { printsOutput } from '../../widgets/execution/reporter.ts'
import { ResultView } from '../../widgets/execution/ResultView.tsx'
import { CauseCard } from './CauseCard.tsx'
import { ExecutionFacts } from './ExecutionFacts.tsx'
import { ParametersCard } from './ParametersCard.tsx'
import { storedSchemas } from './stored-schemas.ts'
import { StatusTimeline } from './StatusTimeline.tsx'
import { TasksCard } from './TasksCard.tsx'

/** The form and its validation are loaded when somebody wants to run again. */
const RerunDialog = lazy(() => import('./RerunDialog.tsx').then((module) => ({ default: module.RerunDialog })))

/** Running again is asked for over the first one. */
const TITLES = { general: 'General', code: 'Code' } as const

interface ExecutionPanelProps {
  readonly id: string
  readonly section: ExecutionSection
  readonly filters: HistoryFilters
}

export const ExecutionPanel = memo(function ExecutionPanel({ id, section, filters }: ExecutionPanelProps) {
  const details = useQuery(executionDetails(id))
  const go = useGo()
  const execution = details.data
  if (execution === undefined)
    return details.isError ? (
      <Unavailable error={details.error} filters={filters} id={id} retry={() => void details.refetch()} />
    ) : (
      <div className="detail-body">
        <Skeleton widths={[40, 70, 30, 100, 100, 100]} />
      </div>
    )
  return (
    <>
      <Head execution={execution} filters={filters} />
      <Tabs
        current={section === 'code' ? 'code' : 'general'}
        label="Parts of the execution"
        titles={TITLES}
        to={(name) => paths.execution(id, name, filters)}
      />
      <div className="pane-body detail-body stack">
        {details.isError && <StaleNotice error={details.error} id={id} retry={() => void details.refetch()} />}
        {section === 'code' ? (
          <div data-test="execution_code">
            <JsonValue label="Execution" maxHeight={1200} title={<h3>Execution</h3>} value={execution} />
          </div>
        ) : (
          <General execution={execution} />
        )}
      </div>
      {section === 'rerun' && (
        <Suspense fallback={null}>
          <RerunDialog execution={execution} onClose={() => go(paths.execution(id, 'general', filters), 'replace')} />
        </Suspense>
      )}
    </>
  )
})

/** What keeps an execution from being canceled, in words. */
const NOT_CANCELABLE: Readonly<Partial<Record<ExecutionStatus, string>>> = {
  canceling: 'It is being canceled already.',
  pending: 'It waits for the answer to an inquiry and cannot be canceled.',
}

function Head({ execution, filters }: { readonly execution: Execution; readonly filters: HistoryFilters }) {
  const go = useGo()
  const ref = execution.action?.ref ?? 'unknown action'
  const cancel = useMutation({
    mutationFn: () => api().executions.cancel(execution.id),
    onSuccess: (answer) => {
      if (answer.kind === 'refused') toast('warn', answer.faultstring)
    },
    onError: (error) => toast('bad', `The execution was not canceled: ${messageOf(error)}`),
  })
  const { status } = execution
  const cancelReason = isCancelable(status) ? undefined : (NOT_CANCELABLE[status] ?? `It has already ended: ${status}.`)
  return (
    <DetailHead
      about={execution.action?.description}
      back={paths.history(filters)}
      title={<AppLink to={paths.action(ref)}>{ref}</AppLink>}
    >
      <span aria-live="polite" className="grow">
        <StatusBadge status={status} testId="status" />
      </span>
      <CopyRunMenu
        request={{ action: ref, parameters: execution.parameters ?? {} }}
        schemas={storedSchemas(execution)}
      />
      <Button
        aria-label="Re-run"
        className="head-button"
        data-test="rerun_button"
        icon="rerun"
        onClick={() => go(paths.execution(execution.id, 'rerun', filters))}
      >
        <span>Re-run</span>
      </Button>
      <Button
        aria-label="Cancel"
        busy={cancel.isPending}
        className="head-button"
        data-test="cancel_button"
        disabledReason={cancelReason}
        icon="stop"
        look="danger"
        onClick={() => cancel.mutate()}
      >
        <span>Cancel</span>
      </Button>
    </DetailHead>
  )
}

function General({ execution }: { readonly execution: Execution }) {
  const runner = execution.runner?.name ?? execution.action?.runner_type ?? ''
  const isOpen = !isCompleted(execution.status)
  return (
    <>
      <ExecutionFacts execution={execution} />
      <StatusTimeline execution={execution} />
      <CauseCard execution={execution} />
      {isWorkflowRunner(runner) && <TasksCard execution={execution} />}
      <ParametersCard execution={execution} />
      {printsOutput(runner) && (isOpen || !tellsOutput(execution)) && (
        <LiveOutput executionId={execution.id} isQuiet={!isOpen} />
      )}
      {!isOpen && <ResultView execution={execution} />}
    </>
  )
}

/** Whether the result repeats what was printed; that of a canceled or abandoned run does not. */
function tellsOutput({ result, result_size: size = 0 }: Execution): boolean {
  return result === undefined
    ? size > 0
    : 'stdout' in result || 'error' in result || Object.values(result).some(isHostResult)
}

function isHostResult(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'stdout' in value
}

interface UnavailableProps {
  readonly id: string
  readonly error: unknown
  readonly filters: HistoryFilters
  readonly retry: () => void
}

function Unavailable({ id, error, filters, retry }: UnavailableProps) {
  const back = (
    <AppLink className="btn" to={paths.history(filters)}>
      Back to the list
    </AppLink>
  )
  if (error instanceof ApiError && (error.status === 404 || error.status === 400))
    return (
      <EmptyState
        actions={back}
        icon="search"
        title={wasDeleted(id) ? 'This execution was deleted' : 'There is no such execution'}
      >
        {wasDeleted(id)
          ? 'Somebody deleted it while you were here.'
          : 'It was deleted, collected as too old, or its id is mistyped.'}{' '}
        <span className="mono">{id}</span>
      </EmptyState>
    )
  if (error instanceof ApiError && error.status === 403)
    return (
      <EmptyState actions={back} icon="lock" title="You may not see this execution">
        {error.message} Ask an administrator for the permission execution_view.
      </EmptyState>
    )
  return (
    <div className="detail-body">
      <ProblemNotice error={error} retry={retry} />
    </div>
  )
}

function StaleNotice({ id, error, retry }: Omit<UnavailableProps, 'filters'>) {
  if (wasDeleted(id))
    return <Notice tone="warn">This execution was deleted meanwhile. What you see is the last that was known.</Notice>
  return <ProblemNotice error={error} retry={retry} />
}
