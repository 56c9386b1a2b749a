import './code.css'
import type { TriggerInstanceView as TriggerInstance } from '@st2/model'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { actionEntryPoint, actionOverview } from '../../api/actions.ts'
import { executionDetails } from '../../api/executions.ts'
import { ruleDetails } from '../../api/rules.ts'
import { triggerInstanceDetails, triggerTypeList } from '../../api/triggers.ts'
import { CODE_TYPES, type CodeType, isCodeType, paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { Code } from '../../ui/Code.tsx'
import { EmptyState, Notice, Skeleton } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { JsonValue } from '../../ui/json/JsonTree.tsx'
import { RemoteValueView } from '../../widgets/execution/LargeResult.tsx'
import { CodeEditor } from '../../widgets/code-editor/CodeEditor.tsx'
import { LiveOutput } from '../../widgets/execution/LiveOutput.tsx'
import { shownPayload } from '../../widgets/rules/event-schema.ts'

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
        <AppLink className="row" to={BACK[type](id)}>
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

const VIEWS: Readonly<Record<CodeType, (props: ViewProps) => ReactNode>> = {
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
  return (
    <Loaded query={useQuery(actionOverview(id))}>
      {(value) => <JsonValue label="Action" maxHeight="full" title={<h3>Action</h3>} value={value} />}
    </Loaded>
  )
}

function EntryPointView({ id }: ViewProps) {
  return <Loaded query={useQuery(actionEntryPoint(id))}>{(text) => <EntryPointText action={id} text={text} />}</Loaded>
}

/** Workflows and other YAML can be folded, searched and read in colours; a script is shown as it is. */
function EntryPointText({ action, text }: { readonly action: string; readonly text: string }) {
  const entryPoint = useQuery(actionOverview(action)).data?.entry_point ?? ''
  if (!/\.ya?ml$/.test(entryPoint)) {
    return <Code label="Entry point" maxHeight="full" text={text} title={<h3>Entry point</h3>} />
  }
  return <CodeEditor label={`Entry point ${entryPoint}`} value={text} />
}

function ExecutionView({ id }: ViewProps) {
  return (
    <Loaded query={useQuery(executionDetails(id))}>
      {(value) => <JsonValue label="Execution" maxHeight="full" title={<h3>Execution</h3>} value={value} />}
    </Loaded>
  )
}

function ResultView({ id }: ViewProps) {
  return <RemoteValueView executionId={id} maxHeight="full" />
}

function LiveView({ id }: ViewProps) {
  return <LiveOutput executionId={id} maxHeight="full" />
}

function RuleView({ id }: ViewProps) {
  return (
    <Loaded query={useQuery(ruleDetails(id))}>
      {(value) => <JsonValue label="Rule" maxHeight="full" title={<h3>Rule</h3>} value={value} />}
    </Loaded>
  )
}

function TriggerTypeView({ id }: ViewProps) {
  return (
    <Loaded query={useQuery(triggerTypeList())}>
      {(types) => {
        const type = types.find(({ ref }) => ref === id)
        if (type === undefined) return <Notice tone="warn">There is no trigger type {id}.</Notice>
        return <JsonValue label="Trigger type" maxHeight="full" title={<h3>Trigger type</h3>} value={type} />
      }}
    </Loaded>
  )
}

function TriggerInstanceView({ id }: ViewProps) {
  return (
    <Loaded query={useQuery({ ...triggerInstanceDetails(id), select: shownInstance })}>
      {(instance) => (
        <JsonValue label="Trigger instance" maxHeight="full" title={<h3>Trigger instance</h3>} value={instance} />
      )}
    </Loaded>
  )
}

function shownInstance(instance: TriggerInstance): TriggerInstance {
  return { ...instance, payload: shownPayload(instance.payload) }
}

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>
  readonly children: (data: T) => ReactNode
}

function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton widths={[50, 80, 60]} />
  return children(query.data)
}

/** Where the same thing is among its like. */
const BACK: Readonly<Record<CodeType, (id: string) => string>> = {
  action: (ref) => paths.action(ref, 'code'),
  entrypoint: (ref) => paths.action(ref, 'entrypoint'),
  execution: (id) => paths.execution(id),
  result: (id) => paths.execution(id),
  live: (id) => paths.execution(id),
  rule: (ref) => paths.rule(ref, 'code'),
  trigger_type: (ref) => paths.trigger(ref, 'code'),
  trigger_instance: (id) => paths.instance(id),
}
