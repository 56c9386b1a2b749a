import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import { setPreference, usePreferences } from './preferences.ts'

interface SplitPaneProps {
  readonly listLabel: string
  readonly detailLabel: string
  readonly list: ReactNode
  readonly detail: ReactNode
  /** On narrow screens either the list or the details are shown. */
  readonly open: boolean
}

/** Percent of the width. */
const MIN_SPLIT = 24
const MAX_SPLIT = 68
const KEY_STEP = 2

export function SplitPane({ listLabel, detailLabel, list, detail, open }: SplitPaneProps) {
  const split = usePreferences((state) => state.split)
  const ref = useRef<HTMLDivElement>(null)

  const move = (event: PointerEvent) => {
    const box = ref.current?.getBoundingClientRect()
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    setPreference('split', clampSplit(((event.clientX - box.left) / box.width) * 100))
  }
  const nudge = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') setPreference('split', clampSplit(split - KEY_STEP))
    if (event.key === 'ArrowRight') setPreference('split', clampSplit(split + KEY_STEP))
  }

  return (
    <div
      className="split"
      data-detail={open ? 'open' : 'none'}
      ref={ref}
      style={{ '--split': `${split}%` } as CSSProperties}
    >
      <section aria-label={listLabel} className="split-list">
        {list}
      </section>
      <div
        aria-label="Width of the list"
        aria-orientation="vertical"
        aria-valuemax={MAX_SPLIT}
        aria-valuemin={MIN_SPLIT}
        aria-valuenow={Math.round(split)}
        className="split-bar"
        onKeyDown={nudge}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={move}
        role="separator"
        tabIndex={0}
      />
      <section aria-label={detailLabel} className="split-detail" data-test="details">
        {detail}
      </section>
    </div>
  )
}

function clampSplit(percent: number): number {
  return Math.min(MAX_SPLIT, Math.max(MIN_SPLIT, percent))
}
