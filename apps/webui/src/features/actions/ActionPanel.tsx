import { isOrquestaRunner } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { actionMetadata, actionOverview } from '../../api/actions.ts'
import { type ActionSection, paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { DetailHead } from '../../shell/DetailHead.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { ListState } from '../../shell/ListState.tsx'
import { Tabs } from '../../shell/Tabs.tsx'
import { Skeleton } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { JsonValue } from '../../ui/json/JsonTree.tsx'
import { ActionExecutions } from './ActionExecutions.tsx'
import { EntryPoint } from './EntryPoint.tsx'
import { RunForm } from './RunForm.tsx'

interface ActionPanelProps {
  readonly actionRef: string
  readonly section: ActionSection
}

const TITLES: Readonly<Record<ActionSection, string>> = {
  general: 'Run',
  executions: 'Executions',
  code: 'Metadata',
  entrypoint: 'Entry point',
}

export function ActionPanel({ actionRef, section }: ActionPanelProps) {
  const overview = useQuery(actionOverview(actionRef))
  const action = overview.data
  return (
    <>
      <DetailHead about={action?.description} back={paths.actions()} title={actionRef}>
        <span className="grow" />
        {action && <span className="tag">{action.runner_type}</span>}
        {action !== undefined && isOrquestaRunner(action.runner_type) && (
          <AppLink className="btn" data-size="s" data-test="edit_workflow" to={paths.designer(actionRef)}>
            <Icon name="edit" size={14} />
            Edit
          </AppLink>
        )}
        {action?.enabled === false && <span className="tag tag-bad">disabled</span>}
      </DetailHead>
      <Tabs
        current={section}
        label="Parts of the action"
        titles={TITLES}
        to={(name) => paths.action(actionRef, name)}
      />
      <ListState query={overview} widths={[30, 100, 24, 100, 36, 100]} />
      {action && section === 'general' && <RunForm action={action} />}
      {action && section !== 'general' && (
        <div className="pane-body detail-body">
          {section === 'executions' && <ActionExecutions actionRef={actionRef} />}
          {section === 'code' && <Metadata actionRef={actionRef} />}
          {section === 'entrypoint' && <EntryPoint action={action} />}
        </div>
      )}
    </>
  )
}

function Metadata({ actionRef }: { readonly actionRef: string }) {
  const metadata = useQuery(actionMetadata(actionRef))
  if (metadata.isError) return <ProblemNotice error={metadata.error} retry={() => void metadata.refetch()} />
  if (metadata.isPending) return <Skeleton widths={[40, 80, 60]} />
  return <JsonValue label="Metadata" maxHeight={900} title={<h3>Metadata</h3>} value={metadata.data} />
}
