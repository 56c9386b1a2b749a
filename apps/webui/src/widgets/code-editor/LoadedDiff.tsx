import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import { countDifferences, DiffView } from './diff-view.ts'
import type { TextDiffProps } from './text-diff-props.ts'

/** px of its own width from which two texts stand beside each other. */
const BESIDE_PX = 800

export function LoadedDiff({ before, after, beforeLabel, afterLabel }: TextDiffProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<DiffView>(null)
  /** null: not measured yet. */
  const [isWide, setWide] = useState<boolean | null>(null)
  const [showsAll, setShowsAll] = useState(false)
  const wraps = usePreferences((state) => state.wrap)
  const counts = useMemo(() => countDifferences(before, after), [before, after])

  useLayoutEffect(() => {
    const element = host.current
    if (element === null) return
    const look = () => setWide(element.clientWidth >= BESIDE_PX)
    const observer = new ResizeObserver(look)
    observer.observe(element)
    look()
    return () => observer.disconnect()
  }, [])
  useLayoutEffect(() => {
    if (host.current === null || isWide === null) return
    const layout = isWide ? 'beside' : 'unified'
    const opened = new DiffView(host.current, {
      before,
      after,
      beforeLabel,
      afterLabel,
      layout,
      showsAll,
      wraps,
    })
    view.current = opened
    return () => {
      view.current = null
      opened.destroy()
    }
  }, [before, after, beforeLabel, afterLabel, isWide, showsAll, wraps])

  return (
    <>
      <div className="diff-head" data-beside={isWide || undefined}>
        <span>
          <span aria-hidden="true" className="diff-sign" data-tone="bad">
            −
          </span>
          {beforeLabel}
        </span>
        <span>
          <span aria-hidden="true" className="diff-sign" data-tone="ok">
            +
          </span>
          {afterLabel}
        </span>
      </div>
      <div className="code-editor-host" ref={host} />
      <div className="code-editor-foot">
        <span className="code-editor-place grow">{words(counts)}</span>
        <Button aria-pressed={showsAll} look="plain" onClick={() => setShowsAll(!showsAll)} size="s">
          All lines
        </Button>
        <Button look="plain" onClick={() => view.current?.go('previous')} size="s">
          Previous
        </Button>
        <Button look="plain" onClick={() => view.current?.go('next')} size="s">
          Next
        </Button>
      </div>
    </>
  )
}

function words({ removed, added }: { removed: number; added: number }): string {
  if (removed === 0 && added === 0) return 'No lines differ'
  return `${removed} ${removed === 1 ? 'line' : 'lines'} removed, ${added} added`
}
