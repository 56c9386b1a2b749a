import { ApiError } from '@st2/client'
import type { Execution } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { memo, type ReactNode, Suspense, useCallback } from 'react'
import type { HistoryFilters } from '../../api/execution-filters.ts'
import { executionDetails } from '../../api/executions.ts'
import { wasDeleted } from '../../api/live.ts'
import type { RunPlace } from '../../api/run-place.ts'
import { type ExecutionSection, paths } from '../../paths.ts'
import { AppLink, useGo } from '../../shell/AppLink.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { Tabs } from '../../shell/Tabs.tsx'
import { EmptyState, Notice, Skeleton, Spinner } from '../../ui/Feedback.tsx'
import { JsonValue } from '../../ui/json/JsonTree.tsx'
import { isWorkflow } from '../../widgets/execution/runner-of.ts'
import { ExecutionHead } from './ExecutionHead.tsx'
import { GeneralSection } from './GeneralSection.tsx'
import { useRunPlace } from './use-run-place.ts'
import { lazyPart } from '../../ui/lazy-part.ts'

/** Forms and their validation are loaded when somebody wants to run again, ways to look at a run when somebody does. */
const RerunDialog = lazyPart(() => import('./RerunDialog.tsx'), 'RerunDialog')
const RerunTasksDialog = lazyPart(() => import('./run/RerunTasksDialog.tsx'), 'RerunTasksDialog')
const RunSection = lazyPart(() => import('./run/RunSection.tsx'), 'RunSection')

/** Running again is asked for over the part that was seen before. */
const TITLES = { general: 'General', code: 'Code' } as const
const RUN_TITLES = {
  general: 'General',
  graph: 'Graph',
  timeline: 'Timeline',
  tree: 'Tree',
  log: 'Log',
  code: 'Code',
} as const

interface ExecutionPanelProps {
  readonly id: string
  readonly section: ExecutionSection
  readonly filters: HistoryFilters
}

export const ExecutionPanel = memo(function ExecutionPanel({ id, section, filters }: ExecutionPanelProps) {
  const details = useQuery(executionDetails(id))
  const place = useRunPlace()
  const execution = details.data
  if (execution === undefined)
    return details.isError ? (
      <Unavailable error={details.error} filters={filters} id={id} retry={() => void details.refetch()} />
    ) : (
      <div className="detail-body">
        <Skeleton widths={[40, 70, 30, 100, 100, 100]} />
      </div>
    )
  const isRun = isWorkflow(execution)
  const shown = shownSection(section, isRun)
  const to = (name: ShownSection) => paths.execution(id, name, { ...filters, ...place, line: '' })
  return (
    <>
      <ExecutionHead execution={execution} filters={filters} place={place} section={section} />
      {isRun ? (
        <Tabs current={shown} label="Parts of the execution" titles={RUN_TITLES} to={to} />
      ) : (
        <Tabs current={shown === 'code' ? 'code' : 'general'} label="Parts of the execution" titles={TITLES} to={to} />
      )}
      <Body
        execution={execution}
        filters={filters}
        notice={details.isError && <StaleNotice error={details.error} id={id} retry={() => void details.refetch()} />}
        place={place}
        shown={shown}
      />
      <Dialogs execution={execution} filters={filters} place={place} section={section} />
    </>
  )
})

type ShownSection = keyof typeof RUN_TITLES

/** Links to what an execution does not have lead to what it has. */
function shownSection(section: ExecutionSection, isRun: boolean): ShownSection {
  if (section === 'rerun') return 'general'
  if (section === 'rerun-tasks') return isRun ? 'graph' : 'general'
  return isRun || section === 'code' ? section : 'general'
}

interface PartProps {
  readonly execution: Execution
  readonly filters: HistoryFilters
  readonly place: RunPlace
}

interface BodyProps extends PartProps {
  readonly shown: ShownSection
  readonly notice: ReactNode
}

function Body({ execution, shown, filters, place, notice }: BodyProps) {
  const go = useGo()
  const { id } = execution
  const at = (section: ExecutionSection, changes: Partial<RunPlace>) =>
    paths.execution(id, section, { ...filters, ...place, ...changes })
  const rowLink = useCallback(
    (task: string) => paths.execution(id, shown, { ...filters, ...place, task }),
    [id, shown, filters, place],
  )
  if (shown === 'general' || shown === 'code')
    return (
      <div className="pane-body detail-body stack">
        {notice}
        {shown === 'code' ? (
          <div data-test="execution_code">
            <JsonValue label="Execution" maxHeight={1200} title={<h3>Execution</h3>} value={execution} />
          </div>
        ) : (
          <GeneralSection execution={execution} onTask={(task) => go(at('graph', { task }))} />
        )}
      </div>
    )
  return (
    <div className="run-pane">
      {notice}
      <Suspense fallback={<Spinner label="Loading" />}>
        <RunSection
          execution={execution}
          key={id}
          onPlace={(changes) => go(at(shown, changes), 'replace')}
          onRunAgain={(task) => go(at('rerun-tasks', { task }))}
          place={place}
          rowLink={rowLink}
          section={shown}
        />
      </Suspense>
    </div>
  )
}

function Dialogs({ execution, section, filters, place }: PartProps & { readonly section: ExecutionSection }) {
  const go = useGo()
  const { id } = execution
  const close = (behind: ExecutionSection) => go(paths.execution(id, behind, { ...filters, ...place }), 'replace')
  return (
    <Suspense fallback={null}>
      {section === 'rerun' && <RerunDialog execution={execution} onClose={() => close('general')} />}
      {section === 'rerun-tasks' && (
        <RerunTasksDialog execution={execution} onClose={() => close('graph')} task={place.task} />
      )}
    </Suspense>
  )
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
        {wasDeleted(id) ? 'Somebody deleted ' : 'No execution has the id '}
        <span className="mono">{id}</span>
        {wasDeleted(id) ? ' while you were here.' : '. It was deleted, collected as too old, or the id is mistyped.'}
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
