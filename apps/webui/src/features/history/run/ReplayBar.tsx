import { useEffect, useState } from 'react'
import type { JournalRow } from '../../../api/workflow-runs.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatDuration } from '../../../ui/time.ts'
import { rowWords } from '../../../widgets/run/replay.ts'

interface ReplayBarProps {
  readonly rows: readonly JournalRow[]
  /** From 1. */
  readonly step: number
  readonly onStep: (step: number) => void
  readonly onClose: () => void
}

/** ms that a step is looked at while it plays. */
const STEP_MS = 900

/** Goes through a run: by the slider, by single steps, or by itself. */
export function ReplayBar({ rows, step, onStep, onClose }: ReplayBarProps) {
  const [isPlaying, setPlaying] = useState(false)
  const count = rows.length
  const row = rows[step - 1]
  const isLast = step >= count
  useEffect(() => {
    if (!isPlaying) return
    if (isLast) return setPlaying(false)
    const timer = setTimeout(() => onStep(step + 1), STEP_MS)
    return () => clearTimeout(timer)
  }, [isPlaying, isLast, step])
  const words = row === undefined ? { happened: '', decided: '' } : rowWords(row)
  const play = () => {
    // From the end it begins anew.
    if (!isPlaying && isLast) onStep(1)
    setPlaying(!isPlaying)
  }
  return (
    <div aria-label="Replay" className="replay-bar" role="group">
      <Button
        aria-label={isPlaying ? 'Stop' : 'Play'}
        icon={isPlaying ? 'pause' : 'play'}
        look="primary"
        onClick={play}
      />
      <Button
        aria-label="Step back"
        disabledReason={step <= 1 ? 'This is the first step.' : undefined}
        icon="back"
        onClick={() => onStep(step - 1)}
      />
      <Button
        aria-label="Step on"
        disabledReason={isLast ? 'This is the last step.' : undefined}
        icon="arrow"
        onClick={() => onStep(step + 1)}
      />
      <input
        aria-label="Step"
        aria-valuetext={`${step} of ${count}: ${words.happened}`}
        className="replay-slider"
        data-test="replay_slider"
        max={count}
        min={1}
        onChange={(event) => {
          setPlaying(false)
          onStep(Number(event.target.value))
        }}
        type="range"
        value={step}
      />
      <span aria-live="polite" className="replay-words">
        <span className="muted tabular">
          {step}/{count} · {row === undefined ? '' : `+${formatDuration(secondsSince(rows, row))}`}
        </span>
        <strong data-test="replay_happened">{words.happened}</strong>
        {words.decided !== '' && <span className="muted">{words.decided}</span>}
      </span>
      <Button aria-label="End the replay" icon="cross" look="plain" onClick={onClose} />
    </div>
  )
}

function secondsSince(rows: readonly JournalRow[], row: JournalRow): number {
  return Math.max(0, (Date.parse(row.timestamp) - Date.parse(rows[0]?.timestamp ?? row.timestamp)) / 1000)
}
