import { type CSSProperties, useMemo, useState, type WheelEvent } from 'react'
import { isCompleted } from '@st2/model'
import { Button } from '../../../ui/Button.tsx'
import { useNow } from '../../../ui/now.ts'
import { RowList } from '../../../ui/RowList.tsx'
import { formatDuration } from '../../../ui/time.ts'
import { useMedia } from '../../../ui/use-media.ts'
import { PHASE_WORDS, type PhaseKind, type Span } from '../../../widgets/run/phases.ts'
import { type TaskRow, workflowRow } from '../../../widgets/run/run-rows.ts'
import { panned, placeIn, ticksOf, zoomed } from '../../../widgets/run/time-axis.ts'
import { Bars, barWords } from './Bars.tsx'
import { NoTasks } from './NoTasks.tsx'
import { RunRowLine, ROW_PX } from './RunRowLine.tsx'
import type { RunSectionProps } from './run-section.ts'
import { TimelineWindow } from './timeline-window.ts'
import { linkOf } from './TreeSection.tsx'
import { useRunRows } from './use-run-rows.ts'
import { WithTask } from './WithTask.tsx'

/** When each task waited, ran and paused; what made the run as long as it is stands out. */
export function TimelineSection(props: RunSectionProps) {
  const { run, place, rowLink } = props
  const { rows, flip } = useRunRows(run)
  const [looked, setLooked] = useState<TaskRow | null>(null)
  const lines = useMemo(
    () =>
      [workflowRow(run.execution), ...rows].map((row) => ({
        key: row.key,
        height: ROW_PX,
        content: (
          <RunRowLine
            flip={flip}
            isChosen={row.kind === 'task' && !row.isNested && row.task === place.task}
            onLook={setLooked}
            row={row}
            side={bars}
            to={row.kind === 'note' ? '' : linkOf(row, rowLink)}
          />
        ),
      })),
    [run.execution, rows, flip, place.task, rowLink],
  )
  return (
    <WithTask {...props}>
      {rows.length === 0 ? (
        <NoTasks icon="clock" isOver={isCompleted(run.execution.status)}>
          Bars appear here as tasks start.
        </NoTasks>
      ) : (
        <div className="timeline-frame">
          <Chart looked={looked} run={run}>
            <RowList label="Timeline" rows={lines} />
          </Chart>
        </div>
      )}
    </WithTask>
  )
}

function bars(row: TaskRow) {
  return <Bars row={row} />
}

interface ChartProps {
  readonly run: RunSectionProps['run']
  readonly looked: TaskRow | null
  readonly children: React.ReactNode
}

/** How many ticks there is room for, and on a narrow screen. */
const TICKS = 6
const FEW_TICKS = 3
/** Percent from which on there is no room for the words of a tick. */
const LAST_WORDS = 92
const PAN_STEP = 0.25
const LEGEND: readonly PhaseKind[] = ['queue', 'run', 'pause']

function Chart({ run, looked, children }: ChartProps) {
  const isLive = !isCompleted(run.execution.status)
  const now = useNow(isLive)
  const whole = useMemo(() => wholeOf(run, now), [run, now])
  // null: all of it, as it grows.
  const [chosen, setChosen] = useState<Span | null>(null)
  const window = chosen ?? whole
  const value = useMemo(() => ({ window, now }), [window.start, window.end, now])
  const zoom = (factor: number, around?: number) => {
    const next = zoomed(window, whole, factor, around)
    setChosen(next.end - next.start >= whole.end - whole.start ? null : next)
  }
  const pan = (share: number) => setChosen(panned(window, whole, share))
  const turned = (event: WheelEvent) => {
    if (event.ctrlKey || event.metaKey) zoom(event.deltaY < 0 ? 1.25 : 0.8)
    else if (event.shiftKey) pan(Math.sign(event.deltaY || event.deltaX) * PAN_STEP)
  }
  const isNarrow = useMedia('(max-width: 800px)')
  const ticks = ticksOf(whole.start, window, isNarrow ? FEW_TICKS : TICKS)
  const line = isLive ? placeIn(window, { start: now, end: now }) : null

  return (
    <TimelineWindow.Provider value={value}>
      <div className="timeline-chart" data-test="timeline" onWheel={turned}>
        <div className="timeline-head">
          <span className="timeline-tools">
            <Button aria-label="Zoom in" icon="plus" look="plain" onClick={() => zoom(2)} size="s" />
            <Button aria-label="Zoom out" icon="dash" look="plain" onClick={() => zoom(0.5)} size="s" />
            <Button aria-label="Earlier" icon="back" look="plain" onClick={() => pan(-PAN_STEP)} size="s" />
            <Button aria-label="Later" icon="arrow" look="plain" onClick={() => pan(PAN_STEP)} size="s" />
            <Button aria-label="Show all of it" icon="fit" look="plain" onClick={() => setChosen(null)} size="s" />
          </span>
          <span aria-hidden="true" className="timeline-axis">
            {ticks.map(({ at, seconds }) => {
              const place = placeIn(window, { start: at, end: at })
              return (
                <span className="timeline-tick tabular" key={at} style={leftOf(place)}>
                  {(place?.left ?? 0) > LAST_WORDS ? '' : seconds === 0 ? '0' : formatDuration(seconds)}
                </span>
              )
            })}
          </span>
        </div>
        <div className="timeline-body">
          <span aria-hidden="true" className="timeline-grid">
            <span className="timeline-columns">
              {ticks.map(({ at }) => (
                <span className="timeline-rule" key={at} style={leftOf(placeIn(window, { start: at, end: at }))} />
              ))}
              {line !== null && <span className="timeline-now" style={leftOf(line)} />}
            </span>
          </span>
          {children}
        </div>
        <p className="timeline-foot">
          {looked === null ? (
            <>
              {LEGEND.map((kind) => (
                <span className="timeline-key" key={kind}>
                  <span aria-hidden="true" className="bar-sample" data-kind={kind} /> {PHASE_WORDS[kind]}
                </span>
              ))}
              <span className="timeline-key">
                <span aria-hidden="true" className="bar-sample" data-kind="critical" /> critical path
              </span>
            </>
          ) : (
            <span className="truncate">{barWords(looked, now)}</span>
          )}
        </p>
      </div>
    </TimelineWindow.Provider>
  )
}

function leftOf(place: { readonly left: number } | null): CSSProperties {
  return { left: `${place?.left ?? 0}%` }
}

/** From when it was asked for to its end, or to now. */
function wholeOf({ execution, model }: RunSectionProps['run'], now: number): Span {
  const { start_timestamp, end_timestamp, status } = execution
  const attempts = model.steps.flatMap(({ visit }) => visit.attempts)
  // Tasks that were run again belong to an earlier execution.
  const start = Math.min(Date.parse(start_timestamp), ...attempts.map((attempt) => attempt.start))
  const ends = attempts.map((attempt) => attempt.end ?? (isCompleted(status) ? attempt.start : now))
  const own = end_timestamp === undefined ? now : Date.parse(end_timestamp)
  return { start, end: Math.max(start + 1, isCompleted(status) ? own : now, ...ends) }
}
