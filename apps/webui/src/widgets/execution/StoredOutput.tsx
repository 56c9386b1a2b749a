import { useEffect, useReducer, useRef, useState } from 'react'
import { api, authHeaders } from '../../api/client.ts'
import { messageOf } from '../../api/problem.ts'
import { Spinner } from '../../ui/Feedback.tsx'
import { LogBuffer } from '../../ui/output/log-buffer.ts'
import { OutputView } from '../../ui/output/OutputView.tsx'

type Progress = 'loading' | 'complete' | { readonly failed: string }

/** What an execution has printed, read piece by piece, so that output of any size never stops the page. */
export function StoredOutput({ executionId }: { readonly executionId: string }) {
  const buffer = useRef(new LogBuffer())
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const [progress, setProgress] = useState<Progress>('loading')

  useEffect(() => {
    const lines = new LogBuffer()
    buffer.current = lines
    const stop = new AbortController()
    const read = async () => {
      try {
        for (const stream of ['stdout', 'stderr'] as const) {
          const url = api().urls.executionOutput(executionId, { output_type: stream })
          for await (const piece of piecesOf(url, stop.signal)) {
            lines.append(stream, piece)
            redraw()
          }
        }
        setProgress('complete')
      } catch (error) {
        if (!stop.signal.aborted) setProgress({ failed: messageOf(error) })
      }
    }
    void read()
    return () => stop.abort()
  }, [executionId])

  return (
    <OutputView
      dropped={buffer.current.dropped}
      label="Output"
      lines={buffer.current.lines}
      maxHeight={560}
      note={noteOf(progress, buffer.current.lines.length === 0)}
      title={<h3>Output</h3>}
    />
  )
}

function noteOf(progress: Progress, isEmpty: boolean): React.ReactNode {
  if (typeof progress === 'object') return `The output could not be loaded: ${progress.failed}`
  if (progress === 'loading') return <Spinner label="Loading the output" />
  return isEmpty ? 'No output is kept for this execution. What it returned is in the result.' : null
}

async function* piecesOf(url: string, signal: AbortSignal): AsyncGenerator<string, void, void> {
  const response = await fetch(url, { headers: authHeaders(), signal })
  if (!response.ok) throw new Error(`HTTP ${response.status} ${response.statusText}`.trimEnd())
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  for (let piece = await reader?.read(); piece !== undefined && !piece.done; piece = await reader?.read())
    yield piece.value
}
