import { useEffect, useReducer, useRef, useState } from 'react'
import { followOutput } from '../../api/output.ts'
import { Spinner } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { LogBuffer } from '../../ui/output/log-buffer.ts'
import { OutputView } from '../../ui/output/OutputView.tsx'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'

type Feed = 'connecting' | 'queued' | 'open' | 'lost' | 'ended' | { readonly failed: string }

/** Nothing to show yet, or at all. */
const WAITING: ReadonlySet<Feed> = new Set(['connecting', 'open', 'ended'])

interface LiveOutputProps {
  readonly executionId: string
  readonly maxHeight?: number | 'full'
  /** Something else tells the outcome: that nothing was printed need not be said. */
  readonly isQuiet?: boolean
}

/** What an execution prints, as it prints it. */
export function LiveOutput({ executionId, maxHeight, isQuiet = false }: LiveOutputProps) {
  const shown = useRef(new LogBuffer())
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const [feed, setFeed] = useState<Feed>('connecting')

  useEffect(() => {
    shown.current = new LogBuffer()
    let told = shown.current
    return followOutput(executionId, (message) => {
      if (message.kind === 'pieces') {
        for (const { stream, data } of message.pieces) told.append(stream, data)
        // What is told again takes the place of what is shown once it is as much: nothing moves under the reader.
        if (sizeOf(told) >= sizeOf(shown.current)) shown.current = told
        redraw()
      } else if (message.kind === 'restart') {
        told = new LogBuffer()
        setFeed('connecting')
      } else if (message.kind === 'failed') setFeed({ failed: message.reason })
      else setFeed(message.kind)
    })
  }, [executionId])

  const { lines, dropped } = shown.current
  if (lines.length === 0 && isQuiet && WAITING.has(feed)) return null
  if (lines.length === 0 && feed === 'ended') return <p className="muted">Nothing was printed.</p>
  return (
    <OutputView
      actions={
        maxHeight !== 'full' && (
          <AppLink
            aria-label="Full page"
            className="btn output-button"
            data-look="plain"
            data-size="s"
            to={paths.code('live', executionId)}
          >
            <Icon name="expand" size={14} />
            <span className="output-word">Full page</span>
          </AppLink>
        )
      }
      dropped={dropped}
      label="Output"
      lines={lines}
      live={feed !== 'ended'}
      maxHeight={maxHeight ?? 420}
      note={noteOf(feed, lines.length === 0)}
      title={<h3>Output</h3>}
    />
  )
}

function sizeOf({ lines, dropped }: LogBuffer): number {
  return lines.length + dropped
}

function noteOf(feed: Feed, isEmpty: boolean): React.ReactNode {
  if (typeof feed === 'object') return `The output cannot be followed: ${feed.failed}`
  if (feed === 'lost') return 'The output stream was lost. Reconnecting; nothing will be missing.'
  if (feed === 'queued') return 'Other windows follow output already. This one goes on when one of them is left.'
  if (feed === 'ended' || !isEmpty) return null
  return <Spinner label={feed === 'connecting' ? 'Connecting to the output' : 'Waiting for output'} />
}
