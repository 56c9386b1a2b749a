import { useQuery } from '@tanstack/react-query'
import { actionMetadata, actionOverview } from '../../api/actions.ts'
import { type ActionSection, ACTION_SECTIONS, paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
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
      <header className="detail-head">
        <div className="row">
          <AppLink
            aria-label="Back to the list"
            className="btn back-link"
            data-icon-only=""
            data-look="plain"
            to={paths.actions()}
          >
            <Icon name="back" />
          </AppLink>
          <h2 className="truncate detail-ref" data-test="header_name">
            {actionRef}
          </h2>
          <span className="grow" />
          {action && <span className="tag">{action.runner_type}</span>}
          {action?.enabled === false && <span className="tag tag-bad">disabled</span>}
        </div>
        {action?.description && <p className="detail-about">{action.description}</p>}
      </header>
      <nav aria-label="Parts of the action" className="tabs">
        {ACTION_SECTIONS.map((name) => (
          <AppLink aria-current={name === section ? 'page' : undefined} key={name} to={paths.action(actionRef, name)}>
            {TITLES[name]}
          </AppLink>
        ))}
      </nav>
      {overview.isError && (
        <div className="card-body">
          <ProblemNotice error={overview.error} retry={() => void overview.refetch()} />
        </div>
      )}
      {overview.isPending && (
        <div className="card-body">
          <Skeleton widths={[30, 100, 24, 100, 36, 100]} />
        </div>
      )}
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
