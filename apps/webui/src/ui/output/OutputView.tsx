import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../Button.tsx'
import { CopyButton } from '../CopyButton.tsx'
import { Lines, type LinesHandle } from '../Lines.tsx'
import { usePreferences } from '../preferences.ts'
import { Segmented } from '../Segmented.tsx'
import { WrapButton } from '../WrapButton.tsx'
import { findLines } from './find-lines.ts'
import { LineText } from './LineText.tsx'
import type { LogLine, Stream } from './log-buffer.ts'
import { OutputSearch } from './OutputSearch.tsx'

export interface OutputViewProps {
  readonly title: ReactNode
  readonly label: string
  readonly lines: readonly LogLine[]
  readonly dropped?: number
  /** More may come: the view follows the end until it is scrolled or paused. */
  readonly live?: boolean
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly maxHeight?: number | 'full'
}

type Shown = 'all' | Stream

/** What a command printed: virtual lines, terminal colours, streams apart, follow and pause. */
export function OutputView({
  title,
  label,
  lines,
  dropped = 0,
  live = false,
  note,
  actions,
  maxHeight,
}: OutputViewProps) {
  const wrap = usePreferences((state) => state.wrap)
  const [shown, setShown] = useState<Shown>('all')
  const [following, setFollowing] = useState(true)
  const handle = useRef<LinesHandle>(null)
  // The buffer behind `lines` is the same array as it grows; its length tells the change.
  const visible = useMemo(
    () => (shown === 'all' ? lines : lines.filter((line) => line.stream === shown)),
    [lines, lines.length, shown],
  )
  const streams = useMemo(() => streamsOf(lines), [lines, lines.length])

  const [query, setQuery] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const found = useMemo(() => findLines(visible, query ?? ''), [visible, visible.length, query])
  const target = found[Math.min(at, found.length - 1)]

  useEffect(() => {
    if (live && following && query === null) handle.current?.toEnd()
  }, [live, following, visible.length, query])

  return (
    <div className="card output" data-live={live || undefined}>
      <div className="card-head">
        <div className="grow row">{title}</div>
        {streams.length > 1 && (
          <Segmented
            choices={[{ value: 'all', label: 'all' }, ...streams.map((stream) => ({ value: stream, label: stream }))]}
            label="Stream"
            onChange={setShown}
            value={shown}
          />
        )}
        {live && lines.length > 0 && (
          <Button
            aria-label={following ? 'Following' : 'Paused'}
            aria-pressed={following}
            className="output-button"
            icon={following ? 'follow' : 'pause'}
            look="plain"
            onClick={() => setFollowing(!following)}
            size="s"
          >
            <span className="output-word">{following ? 'Following' : 'Paused'}</span>
          </Button>
        )}
        {lines.length > 0 && (
          <>
            <Button
              aria-label={`Search in ${label}`}
              aria-pressed={query !== null}
              icon="search"
              look="plain"
              onClick={() => setQuery(query === null ? '' : null)}
              size="s"
            />
            <WrapButton />
            <CopyButton label="the output" text={() => visible.map((line) => line.text).join('\n')} what="Output" />
          </>
        )}
        {actions}
      </div>
      {query !== null && (
        <OutputSearch
          at={Math.min(at, found.length - 1)}
          found={found.length}
          onClose={() => setQuery(null)}
          onQuery={(text) => {
            setQuery(text)
            setAt(0)
          }}
          onStep={(by) => found.length > 0 && setAt((at + by + found.length) % found.length)}
          query={query}
        />
      )}
      {dropped > 0 && (
        <p className="lines-note">The first {dropped.toLocaleString('en')} lines are no longer kept here.</p>
      )}
      {visible.length > 0 && (
        <Lines
          count={visible.length}
          handle={handle}
          label={label}
          line={(index) => (
            <OutputLine isMarked={index === target} line={visible[index]} number={index + dropped + 1} />
          )}
          maxHeight={maxHeight ?? 420}
          onScroll={(atEnd) => live && setFollowing(atEnd)}
          target={target}
          wrap={wrap}
        />
      )}
      {note && <div className="lines-note">{note}</div>}
    </div>
  )
}

interface OutputLineProps {
  readonly line: LogLine | undefined
  readonly number: number
  readonly isMarked: boolean
}

function OutputLine({ line, number, isMarked }: OutputLineProps) {
  if (line === undefined) return null
  return (
    <div className="line" data-marked={isMarked || undefined} data-stream={line.stream}>
      <span aria-hidden="true" className="line-no">
        {number}
      </span>
      <span className="line-text">
        <LineText carried={line.carried} text={line.text} />
      </span>
    </div>
  )
}

/** Lines looked at from either end: enough to know whether a switch is worth showing. */
const SAMPLE_LINES = 2000

function streamsOf(lines: readonly LogLine[]): Stream[] {
  const sample = [...lines.slice(0, SAMPLE_LINES), ...lines.slice(-SAMPLE_LINES)]
  return [...new Set(sample.map((line) => line.stream))]
}
