import { type CSSProperties, type KeyboardEvent, type PointerEvent, useState } from 'react'
import type { Zone } from '../../../ui/time.ts'
import { type Bar, PARTS, wordsOf } from './activity-model.ts'
import { barTitle } from './bar-title.ts'

interface ActivityBarsProps {
  readonly bars: readonly Bar[]
  readonly zone: Zone
  readonly onChoose: (bar: Bar) => void
  /** null: none any more. */
  readonly onMark: (index: number | null) => void
}

/** A way along the time: arrow keys walk it, Enter or a click chooses. Each bar by itself would be too thin to be a button. */
export function ActivityBars({ bars, zone, onChoose, onMark }: ActivityBarsProps) {
  const [walked, setWalked] = useState<number | null>(null)
  const last = bars.length - 1
  const current = Math.min(walked ?? last, last)
  const bar = bars[current]
  const highest = Math.max(1, ...bars.map(({ total }) => total))
  const mark = (index: number) => {
    setWalked(index)
    onMark(index)
  }
  const press = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: current - 1,
      ArrowRight: current + 1,
      Home: 0,
      End: last,
    }
    const next = steps[event.key]
    if (event.key === 'Enter' && bar !== undefined) onChoose(bar)
    else if (next !== undefined) mark(Math.max(0, Math.min(last, next)))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const under = ({ clientX, currentTarget }: PointerEvent | React.MouseEvent): number => {
    const { left, width } = currentTarget.getBoundingClientRect()
    return Math.max(0, Math.min(last, Math.floor(((clientX - left) / width) * bars.length)))
  }
  return (
    <div
      aria-description="Enter shows the executions of that time."
      aria-label="Executions by their start"
      aria-valuemax={last}
      aria-valuemin={0}
      aria-valuenow={current}
      aria-valuetext={bar && `${barTitle(bar, zone)}: ${wordsOf(bar.counts)}`}
      className="activity-bars"
      onBlur={() => onMark(null)}
      onClick={(event) => {
        const chosen = bars[under(event)]
        if (chosen !== undefined) onChoose(chosen)
      }}
      onFocus={({ target }) => target.matches(':focus-visible') && onMark(current)}
      onKeyDown={press}
      onPointerLeave={() => onMark(null)}
      onPointerMove={(event) => mark(under(event))}
      role="slider"
      tabIndex={0}
    >
      {bars.map(({ fromMs, counts }, index) => (
        <span className="activity-bar" data-marked={index === current ? '' : undefined} key={fromMs}>
          {PARTS.filter((part) => counts[part] > 0).map((part) => (
            <span
              className="activity-part"
              data-part={part}
              key={part}
              style={{ '--share': counts[part] / highest } as CSSProperties}
            />
          ))}
        </span>
      ))}
    </div>
  )
}
