import type { Execution } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, download } from '../../api/client.ts'
import { messageOf } from '../../api/problem.ts'
import { RemoteResult, resultOutline } from '../../api/remote-value.ts'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Feedback.tsx'
import { ValueView } from '../../ui/json/ValueView.tsx'
import { formatBytes } from '../../ui/time.ts'
import { toast } from '../../ui/Toasts.tsx'
import { largeParts } from './large-parts.ts'
import { runnerOf } from './runner-of.ts'

/** px */
const HEIGHT = 560

/** A result that stays on the server: only what is looked at is loaded. */
export function LargeResult({ execution }: { readonly execution: Execution }) {
  const { id } = execution
  const outline = useQuery(resultOutline(id))
  const size = outline.data?.size ?? execution.result_size ?? 0
  const store = useMemo(() => new RemoteResult(id, size), [id, size])
  if (outline.isError) return <ProblemNotice error={outline.error} retry={() => void outline.refetch()} />
  if (outline.isPending) return <Spinner label="Opening the result" />
  return (
    <div className="stack" data-test="action_output">
      <div className="row wrap">
        <p className="grow muted">
          This result has <strong>{formatBytes(size)}</strong>. What you look at is loaded as you look at it.
        </p>
        <DownloadButton executionId={id} />
      </div>
      {largeParts(runnerOf(execution), outline.data.children).map(({ name, path, exitCode }) => (
        <ValueView
          base={path}
          key={path}
          label={name}
          maxHeight={HEIGHT}
          store={store}
          title={
            <>
              <h3>{name}</h3>
              {exitCode !== undefined && (
                <span className={`tag ${exitCode === 0 ? '' : 'tag-bad'}`}>exit code {exitCode}</span>
              )}
            </>
          }
        />
      ))}
    </div>
  )
}

interface RemoteValueViewProps {
  readonly executionId: string
  readonly maxHeight: number | 'full'
}

/** The result of an execution as one value. */
export function RemoteValueView({ executionId, maxHeight }: RemoteValueViewProps) {
  const outline = useQuery(resultOutline(executionId))
  const size = outline.data?.size ?? 0
  const store = useMemo(() => new RemoteResult(executionId, size), [executionId, size])
  if (outline.isError) return <ProblemNotice error={outline.error} retry={() => void outline.refetch()} />
  if (outline.isPending) return <Spinner label="Opening the result" />
  return (
    <ValueView
      actions={<DownloadButton executionId={executionId} />}
      label="Result"
      maxHeight={maxHeight}
      store={store}
      title={
        <>
          <h3>Result</h3>
          <span className="muted tabular">{formatBytes(size)}</span>
        </>
      }
    />
  )
}

function DownloadButton({ executionId }: { readonly executionId: string }) {
  const save = async () => {
    try {
      const url = api().executions.resultUrl(executionId, { download: true })
      await download(url, `execution_${executionId}_result.json`)
    } catch (error) {
      toast('bad', `The result could not be downloaded: ${messageOf(error)}`)
    }
  }
  return (
    <Button icon="download" onClick={() => void save()} size="s">
      Download
    </Button>
  )
}
