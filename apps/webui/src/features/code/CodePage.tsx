import './code.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { actionEntryPoint, actionOverview } from '../../api/actions.ts'
import { api, authHeaders } from '../../api/client.ts'
import { executionDetails } from '../../api/executions.ts'
import { ruleDetails } from '../../api/rules.ts'
import { CODE_TYPES, type CodeType, isCodeType, paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { triggerInstanceDetails, triggerTypeList } from '../../api/triggers.ts'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { Code } from '../../ui/Code.tsx'
import { EmptyState, Notice, Skeleton, Spinner } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useRemoteJson } from '../../ui/json/json-source.ts'
import { JsonTree, JsonValue } from '../../ui/json/JsonTree.tsx'
import { shownPayload } from '../../widgets/rules/event-schema.ts'
import { LiveOutput } from '../../widgets/execution/LiveOutput.tsx'

const route = getRouteApi('/code/$type/$id')

/** One thing on a whole page: metadata, a file, a record, a result, the output while it is printed. */
export function CodePage() {
  const { type, id } = route.useParams()
  useTitle(id, 'Code')
  if (!isCodeType(type))
    return (
      <EmptyState
        actions={
          <AppLink className="btn" to={paths.history()}>
            History
          </AppLink>
        }
        icon="code"
        title="There is no such view"
      >
        Known are {CODE_TYPES.join(', ')}.
      </EmptyState>
    )
  const View = VIEWS[type]
  return (
    <div className="code-page">
      <p>
        <AppLink className="row" to={backOf(type, id)}>
          <Icon name="back" size={14} /> Back
        </AppLink>
      </p>
      <h2 className="mono">
        {type} {id}
      </h2>
      <View id={id} />
    </div>
  )
}

interface ViewProps {
  readonly id: string
}

const VIEWS: Readonly<Record<CodeType, (props: ViewProps) => React.ReactNode>> = {
  action: ActionView,
  entrypoint: EntryPointView,
  execution: ExecutionView,
  result: ResultView,
  live: LiveView,
  rule: RuleView,
  trigger_type: TriggerTypeView,
  trigger_instance: TriggerInstanceView,
}

function ActionView({ id }: ViewProps) {
  const query = useQuery(actionOverview(id))
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton widths={[50, 80, 60]} />
  return <JsonValue label="Action" maxHeight="full" title={<h3>Action</h3>} value={query.data} />
}

function EntryPointView({ id }: ViewProps) {
  const query = useQuery(actionEntryPoint(id))
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton widths={[50, 80, 60]} />
  return <Code label="Entry point" maxHeight="full" text={query.data} title={<h3>Entry point</h3>} />
}

function ExecutionView({ id }: ViewProps) {
  const query = useQuery(executionDetails(id))
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton widths={[50, 80, 60]} />
  return <JsonValue label="Execution" maxHeight="full" title={<h3>Execution</h3>} value={query.data} />
}

function ResultView({ id }: ViewProps) {
  const remote = useRemoteJson(new URL(api().executions.resultUrl(id), location.href).href, authHeaders())
  if (remote.state === 'loading') return <Spinner label="Loading the result" />
  if (remote.state === 'failed') return <Notice tone="bad">The result could not be loaded: {remote.reason}</Notice>
  return <JsonTree label="Result" maxHeight="full" source={remote.source} title={<h3>Result</h3>} />
}

function LiveView({ id }: ViewProps) {
  return <LiveOutput executionId={id} maxHeight="full" />
}

function RuleView({ id }: ViewProps) {
  const query = useQuery(ruleDetails(id))
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton widths={[50, 80, 60]} />
  return <JsonValue label="Rule" maxHeight="full" title={<h3>Rule</h3>} value={query.data} />
}

function TriggerTypeView({ id }: ViewProps) {
  const query = useQuery(triggerTypeList())
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton widths={[50, 80, 60]} />
  const type = query.data.find(({ ref }) => ref === id)
  if (type === undefined) return <Notice tone="warn">There is no trigger type {id}.</Notice>
  return <JsonValue label="Trigger type" maxHeight="full" title={<h3>Trigger type</h3>} value={type} />
}

function TriggerInstanceView({ id }: ViewProps) {
  const query = useQuery(triggerInstanceDetails(id))
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton widths={[50, 80, 60]} />
  const value = { ...query.data, payload: shownPayload(query.data.payload) }
  return <JsonValue label="Trigger instance" maxHeight="full" title={<h3>Trigger instance</h3>} value={value} />
}

function backOf(type: CodeType, id: string): string {
  if (type === 'action') return paths.action(id, 'code')
  if (type === 'entrypoint') return paths.action(id, 'entrypoint')
  if (type === 'rule') return paths.rule(id, 'code')
  if (type === 'trigger_type') return paths.trigger(id, 'code')
  return type === 'trigger_instance' ? paths.instance(id) : paths.execution(id)
}
