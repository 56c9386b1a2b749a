import type { ErrorComponentProps } from '@tanstack/react-router'
import { messageOf, problemOf } from '../api/problem.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState, Notice } from '../ui/Feedback.tsx'
import { OutdatedPageError } from '../ui/lazy-part.ts'
import { AppLink } from './AppLink.tsx'
import { useTitle } from './use-title.ts'

export function NotFoundPage() {
  useTitle('Not found')
  return (
    <EmptyState
      actions={
        <>
          <AppLink className="btn" to={paths.history()}>
            History
          </AppLink>
          <AppLink className="btn" to={paths.actions()}>
            Actions
          </AppLink>
        </>
      }
      icon="search"
      title="There is no such page"
    >
      <span className="mono">{location.hash.slice(0, 120)}</span> leads nowhere. Press Ctrl K to look for an action or
      an execution.
    </EmptyState>
  )
}

/** A defect of this page itself; the rest of the application still works. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  if (error instanceof OutdatedPageError)
    return (
      <EmptyState
        actions={
          <Button look="primary" onClick={() => location.reload()}>
            Reload
          </Button>
        }
        icon="info"
        title="There is a newer version of this page"
      >
        {messageOf(error)} What is shown here comes when the page is loaded anew.
      </EmptyState>
    )
  return (
    <EmptyState
      actions={
        <>
          <Button look="primary" onClick={reset}>
            Try again
          </Button>
          <Button onClick={() => location.reload()}>Reload</Button>
        </>
      }
      icon="warning"
      title="This page broke"
    >
      {messageOf(error)}
    </EmptyState>
  )
}

/** Why an attempt failed. That the session has ended is asked about in front of the page. */
export function AttemptNotice({ error }: { readonly error: unknown }) {
  return error === null || problemOf(error).kind === 'unauthorized' ? null : <ProblemNotice error={error} />
}

/** Why something could not be loaded, with a way to try again. */
export function ProblemNotice({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const { title, text } = problemOf(error)
  return (
    <Notice
      action={
        retry && (
          <Button onClick={retry} size="s">
            Try again
          </Button>
        )
      }
      tone="bad"
    >
      <strong>{title}.</strong> {text}
    </Notice>
  )
}
