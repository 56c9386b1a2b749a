import { useEffect, useReducer, useRef, useState } from 'react'
import { followOutput } from '../../api/output.ts'
import { Spinner } from '../../ui/Feedback.tsx'
import { LogBuffer } from '../../ui/output/log-buffer.ts'
import { OutputView } from '../../ui/output/OutputView.tsx'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'

type Feed = 'open' | 'lost' | 'ended' | { readonly failed: string }

interface LiveOutputProps {
  readonly executionId: string
  readonly maxHeight?: number | 'full'
}

/** What an execution prints, as it prints it. */
export function LiveOutput({ executionId, maxHeight }: LiveOutputProps) {
  const buffer = useRef(new LogBuffer())
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const [feed, setFeed] = useState<Feed>('open')

  useEffect(() => {
    buffer.current = new LogBuffer()
    setFeed('open')
    return followOutput(executionId, (told) => {
      if (told.kind === 'failed') setFeed({ failed: told.reason })
      else if (told.kind !== 'pieces') setFeed(told.kind)
      else {
        for (const { stream, data } of told.pieces) buffer.current.append(stream, data)
        redraw()
      }
    })
  }, [executionId])

  return (
    <OutputView
      actions={
        maxHeight !== 'full' && (
          <AppLink className="btn" data-look="plain" data-size="s" to={paths.code('live', executionId)}>
            Full page
          </AppLink>
        )
      }
      dropped={buffer.current.dropped}
      label="Output"
      lines={buffer.current.lines}
      live={feed !== 'ended'}
      maxHeight={maxHeight ?? 420}
      note={noteOf(feed, buffer.current.lines.length === 0)}
      title={<h3>Output</h3>}
    />
  )
}

function noteOf(feed: Feed, isEmpty: boolean): React.ReactNode {
  if (typeof feed === 'object') return `The output cannot be followed: ${feed.failed}`
  if (feed === 'lost') return 'The output stream was lost. Reconnecting; nothing will be missing.'
  if (feed === 'ended') return isEmpty ? 'Nothing was printed.' : null
  return isEmpty ? <Spinner label="Waiting for output" /> : null
}
