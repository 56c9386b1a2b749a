import { type Execution, isCompleted } from '@st2/model'
import { useEffect, useMemo, useRef, useState } from 'react'
import { paths } from '../../../paths.ts'
import { AppLink } from '../../../shell/AppLink.tsx'
import { Button } from '../../../ui/Button.tsx'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { Lines, type LinesHandle } from '../../../ui/Lines.tsx'
import { LineText } from '../../../ui/output/LineText.tsx'
import { usePreferences } from '../../../ui/preferences.ts'
import { SearchField } from '../../../ui/SearchField.tsx'
import { type Choice, Segmented } from '../../../ui/Segmented.tsx'
import { formatClock } from '../../../ui/time.ts'
import { useMedia } from '../../../ui/use-media.ts'
import { WrapButton } from '../../../ui/WrapButton.tsx'
import {
  faultEntries,
  filterLog,
  type LogEntry,
  type LogFilter,
  logText,
  mergeLog,
  type WorkflowFault,
} from '../../../widgets/run/merge-log.ts'
import { MAX_PRINTING } from '../../../widgets/run/outputs-to-follow.ts'
import type { RunSectionProps } from './run-section.ts'
import type { Run } from './use-run.ts'
import { type RunSources, useRunSources } from './use-run-sources.ts'

const LEVELS: readonly Choice<LogFilter['level']>[] = [
  { value: 'all', label: 'All' },
  { value: 'status', label: 'Status' },
  { value: 'output', label: 'Output' },
  { value: 'error', label: 'Errors' },
]

/** Everything that happened in a run, one line after the other: statuses, errors, and what its tasks printed. */
export function LogSection({ run, place, onPlace }: RunSectionProps) {
  const { execution, model } = run
  const known = useRunSources(run)
  const [level, setLevel] = useState<LogFilter['level']>('all')
  const [text, setText] = useState('')
  const faults = useMemo(() => faultEntries(execution.id, faultsOf(run)), [run.insight, run.model, execution])
  const entries = useMemo(
    () => mergeLog([ownSource(execution), ...known.sources], faults),
    [execution, known.sources, faults],
  )
  const shown = useMemo(
    () => filterLog(entries, { task: place.task, level, text: text.trim() }),
    [entries, place.task, level, text],
  )
  return (
    <div className="run-log" data-test="run_log">
      <div className="run-log-head">
        <SearchField label="Find in the log" onChange={setText} placeholder="Find in the log" value={text} />
        <select
          aria-label="Task"
          className="input run-log-task"
          onChange={(event) => onPlace({ task: event.target.value, line: '' })}
          value={place.task}
        >
          <option value="">All tasks</option>
          {[...model.tasks.keys()].map((task) => (
            <option key={task} value={task}>
              {task}
            </option>
          ))}
        </select>
        <Segmented choices={LEVELS} label="Kind" onChange={setLevel} value={level} />
      </div>
      <LogLines
        isLive={!isCompleted(execution.status)}
        lineLink={place}
        run={run}
        shown={shown}
        total={entries.length}
      />
      <LogNotes known={known} />
    </div>
  )
}

/** The run itself, which belongs to no task. */
function ownSource(execution: Execution) {
  return { execution, task: '', title: 'workflow', lines: [] }
}

/** Nobody tells when they were noted: at the end of their task, or of the run. */
function faultsOf({ insight, model, execution }: Run): WorkflowFault[] {
  const over = Date.parse(execution.end_timestamp ?? execution.start_timestamp)
  return (insight?.errors ?? [])
    .filter((error) => error['result'] === undefined)
    .map((error) => {
      const task = typeof error['task_id'] === 'string' ? error['task_id'] : ''
      const at = model.tasks.get(task)?.visits.at(-1)?.attempts.at(-1)?.end ?? over
      return { at, task, text: String(error['message']) }
    })
}

interface LogLinesProps {
  readonly run: RunSectionProps['run']
  readonly shown: readonly LogEntry[]
  readonly total: number
  readonly isLive: boolean
  readonly lineLink: RunSectionProps['place']
}

function LogLines({ run, shown, total, isLive, lineLink }: LogLinesProps) {
  const isNarrow = useMedia('(max-width: 800px)')
  // Nobody scrolls a log sideways on a phone.
  const wrap = usePreferences((state) => state.wrap) || isNarrow
  const [following, setFollowing] = useState(isLive && lineLink.line === '')
  const handle = useRef<LinesHandle>(null)
  const linked = lineLink.line === '' ? -1 : shown.findIndex(({ key }) => key === lineLink.line)
  // Where it was found first: lines that arrive before it later do not move the page.
  const target = useMemo(() => (linked >= 0 ? linked : undefined), [lineLink.line, linked >= 0])
  useEffect(() => {
    if (following) handle.current?.toEnd()
  }, [following, shown.length])
  const address = (line: string) => paths.execution(run.execution.id, 'log', { ...lineLink, line })
  return (
    <>
      <div className="run-log-tools">
        <span className="muted grow tabular" role="status">
          {shown.length === total ? linesText(total) : `${shown.length.toLocaleString('en')} of ${linesText(total)}`}
        </span>
        {isLive && (
          <Button
            aria-pressed={following}
            icon={following ? 'follow' : 'pause'}
            look="plain"
            onClick={() => setFollowing(!following)}
            size="s"
          >
            {following ? 'Following' : 'Paused'}
          </Button>
        )}
        {!isNarrow && <WrapButton />}
        <CopyButton label="these lines" text={() => logText(shown)} what="Log" />
      </div>
      <Lines
        count={shown.length}
        handle={handle}
        label="Log"
        line={(index) => {
          const entry = shown[index]
          return (
            entry && <LogLine entry={entry} isLinked={index === linked} number={index + 1} to={address(entry.key)} />
          )
        }}
        maxHeight="full"
        onScroll={(atEnd) => isLive && setFollowing(atEnd)}
        target={target}
        wrap={wrap}
      />
    </>
  )
}

function linesText(count: number): string {
  return count === 1 ? '1 line' : `${count.toLocaleString('en')} lines`
}

interface LogLineProps {
  readonly entry: LogEntry
  readonly number: number
  readonly to: string
  readonly isLinked: boolean
}

function LogLine({ entry, number, to, isLinked }: LogLineProps) {
  const { at, title, level, text, carried } = entry
  const zone = usePreferences((state) => state.zone)
  const iso = new Date(at).toISOString()
  return (
    <div className="line run-log-line" data-level={level} data-linked={isLinked || undefined} data-stream={level}>
      <AppLink aria-label={`Link to line ${number}`} className="line-no" tabIndex={-1} to={to}>
        {number}
      </AppLink>
      <span className="run-log-time tabular" title={iso}>
        {formatClock(iso, zone)}.{iso.slice(20, 23)}
      </span>
      <span className="run-log-title" title={title}>
        {title}
      </span>
      <span className="line-text">
        {level === 'status' || level === 'error' ? (
          <span className="run-log-status">{text}</span>
        ) : (
          <LineText carried={carried} text={text} />
        )}
      </span>
    </div>
  )
}

function LogNotes({ known: { waiting, failed, leftOut } }: { readonly known: RunSources }) {
  const notes = [
    waiting > 0 && `${waiting} outputs wait for their turn: three are read at a time.`,
    failed > 0 && `${failed} outputs could not be read.`,
    leftOut > 0 && `The output of ${leftOut} more executions is left out: a log holds that of ${MAX_PRINTING}.`,
  ].filter(Boolean)
  return notes.length === 0 ? null : <p className="lines-note run-log-notes">{notes.join(' ')}</p>
}
