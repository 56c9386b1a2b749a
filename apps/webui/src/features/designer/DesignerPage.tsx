import './designer.css'
import { ApiError } from '@st2/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { EmptyState, Spinner } from '../../ui/Feedback.tsx'
import { DesignerScreen } from './DesignerScreen.tsx'
import { NotAWorkflowError, storedWorkflow } from './load-workflow.ts'
import { NEW_WORKFLOW } from './new-workflow.ts'

const route = getRouteApi('/action/{-$ref}')

interface Session {
  readonly opened: string | undefined
  readonly address: string | undefined
  /** Where the address is about to go without another workflow being opened. */
  readonly next: string | null
  readonly number: number
}

/** The designer of a stored workflow, or of a new one. */
export function DesignerPage() {
  const { ref } = route.useParams()
  // A new workflow that gets its name stays on the screen as it is, undo and all, while its address changes.
  const [session, setSession] = useState<Session>({ opened: ref, address: ref, next: null, number: 0 })
  useTitle(ref ?? 'New workflow', 'Workflow designer')
  if (session.next !== null && ref === session.next) setSession({ ...session, address: ref, next: null })
  else if (ref !== session.address) setSession({ opened: ref, address: ref, next: null, number: session.number + 1 })
  const onStored = (next: string) => setSession((before) => ({ ...before, next }))
  const key = `${session.number} ${session.opened ?? ''}`
  if (session.opened === undefined)
    return <DesignerScreen key={key} onStored={onStored} stored={null} texts={NEW_WORKFLOW} />
  return <StoredDesigner actionRef={session.opened} key={key} onStored={onStored} />
}

interface StoredDesignerProps {
  readonly actionRef: string
  readonly onStored: (ref: string) => void
}

function StoredDesigner({ actionRef, onStored }: StoredDesignerProps) {
  const loaded = useQuery(storedWorkflow(actionRef))
  if (loaded.isPending)
    return (
      <div className="designer-wait">
        <Spinner label={`Loading ${actionRef}`} />
      </div>
    )
  if (loaded.error instanceof NotAWorkflowError)
    return <NotDrawn title="This action is no workflow">{loaded.error.message}</NotDrawn>
  if (loaded.error instanceof ApiError && loaded.error.status === 404)
    return <NotDrawn title="There is no such workflow">{loaded.error.message}</NotDrawn>
  if (loaded.isError)
    return (
      <div className="card-body">
        <ProblemNotice error={loaded.error} retry={() => void loaded.refetch()} />
      </div>
    )
  const { action, revision, texts } = loaded.data
  return <DesignerScreen onStored={onStored} stored={{ action, revision }} texts={texts} />
}

function NotDrawn({ title, children }: { readonly title: string; readonly children: string }) {
  return (
    <EmptyState
      actions={
        <>
          <AppLink className="btn" to={paths.actions()}>
            All actions
          </AppLink>
          <AppLink className="btn" to={paths.designer()}>
            New workflow
          </AppLink>
        </>
      }
      icon="graph"
      title={title}
    >
      {children}
    </EmptyState>
  )
}
