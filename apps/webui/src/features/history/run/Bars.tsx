import { useContext } from 'react'
import { formatDuration } from '../../../ui/time.ts'
import { ganttPhases, PHASE_WORDS, type Phase, spanOf } from '../../../widgets/run/phases.ts'
import { isOver } from '../../../widgets/run/run-model.ts'
import type { TaskRow } from '../../../widgets/run/run-rows.ts'
import { taskLook } from '../../../widgets/run/task-looks.ts'
import { placeIn } from '../../../widgets/run/time-axis.ts'
import { TimelineWindow } from './timeline-window.ts'

/** The bar of one line: its phases; of many items the time from the first to the last. */
export function Bars({ row }: { readonly row: TaskRow }) {
  const { window, now } = useContext(TimelineWindow)
  const phases = phasesOfRow(row, now)
  const whole = { start: row.start, end: row.end ?? (isOver(row.status) ? row.start : now) }
  const place = placeIn(window, whole)
  const side = place === null ? null : sideOf(place)
  const words = formatDuration((whole.end - whole.start) / 1000)
  return (
    <span className={`bars tone-${taskLook(row.status).tone}`}>
      {phases.map((phase) => {
        const bar = placeIn(window, phase)
        return (
          bar !== null && (
            <span
              className="bar"
              data-kind={phase.kind}
              key={`${phase.kind}${phase.start}`}
              style={{ left: `${bar.left}%`, width: `max(2px, ${bar.width}%)` }}
            />
          )
        )
      })}
      {place !== null && (
        <span className="bar-words tabular" data-side={side} style={side === null ? undefined : WORDS_AT[side](place)}>
          {words}
        </span>
      )}
    </span>
  )
}

interface Place {
  readonly left: number
  readonly width: number
}

/** Percent that the words take at most. */
const WORDS_ROOM = 30

/** After the bar where there is room, else before it, else over its end. */
function sideOf({ left, width }: Place): keyof typeof WORDS_AT {
  if (left + width <= 100 - WORDS_ROOM) return 'after'
  return left >= WORDS_ROOM ? 'before' : 'over'
}

const WORDS_AT = {
  after: ({ left, width }: Place) => ({ left: `${left + width}%` }),
  before: ({ left }: Place) => ({ right: `${100 - left}%` }),
  over: ({ left, width }: Place) => ({ right: `${100 - left - width}%` }),
} as const

/** `deploy, item 2: waiting 20 ms, running 3.1 s`. */
export function barWords(row: TaskRow, now: number): string {
  const phases = phasesOfRow(row, now)
  const told = phases.map(({ kind, start, end }) => `${PHASE_WORDS[kind]} ${formatDuration((end - start) / 1000)}`)
  const name = [row.title, row.note].filter(Boolean).join(', ')
  return `${name} · ${taskLook(row.status).word} · ${told.join(', ')}${row.isCritical ? ' · on the critical path' : ''}`
}

function phasesOfRow({ executions, itemsCount, start, end, status }: TaskRow, now: number): Phase[] {
  const [first] = executions
  if (itemsCount === null && first !== undefined) return ganttPhases(first, now)
  const span = spanOf(executions, now) ?? { start, end: end ?? (isOver(status) ? start : now) }
  return [{ kind: 'run', ...span }]
}
