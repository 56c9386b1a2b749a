import './execution-row.css'
import type { Execution } from '@st2/model'
import { type CSSProperties, memo } from 'react'
import { AppLink } from '../../shell/AppLink.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeStamp } from '../../ui/TimeStamp.tsx'
import { ElapsedTime } from './ElapsedTime.tsx'

interface ExecutionRowProps {
  readonly execution: Execution
  readonly to: string
  readonly current?: boolean
  /** 0 for the top level. */
  readonly depth?: number
  /** Name of the task, for a child. */
  readonly taskName?: string | undefined
}

/** An execution as two lines of a list. Drawn again only when it changed, however often the list does. */
export const ExecutionRow = memo(function ExecutionRow({
  execution,
  to,
  current = false,
  depth = 0,
  taskName,
}: ExecutionRowProps) {
  const { name, pack, ref } = namesOf(execution)
  return (
    <AppLink
      aria-current={current || undefined}
      className="rows-link exec-row"
      data-execution={execution.id}
      data-row=""
      style={{ '--depth': depth } as CSSProperties}
      to={to}
    >
      <span className="exec-status">
        <StatusBadge status={execution.status} />
      </span>
      <span className="exec-line">
        <span className="exec-name truncate" title={taskName === undefined ? ref : `${taskName}: ${ref}`}>
          {taskName ?? name}
        </span>
        <span className="exec-pack muted">{taskName === undefined ? pack : ref}</span>
        <span className="exec-side tabular">
          <ElapsedTime execution={execution} />
        </span>
      </span>
      <span className="exec-line">
        <span className="exec-parameters truncate mono">{summaryOf(execution.parameters)}</span>
        <span className="exec-side muted tabular">
          <TimeStamp form="clock" iso={execution.start_timestamp} />
          <span className="exec-user"> · {triggeredBy(execution)}</span>
        </span>
      </span>
    </AppLink>
  )
})

/** The name comes first: references are cut at their end, and those of one pack begin alike. */
function namesOf({ action }: Execution): { readonly name: string; readonly pack: string; readonly ref: string } {
  const ref = action?.ref ?? action?.name ?? 'unknown action'
  const dot = ref.indexOf('.')
  return { name: ref.slice(dot + 1), pack: dot < 0 ? '' : ref.slice(0, dot), ref }
}

/** Characters; the row cuts them to its width anyway. */
const MAX_SUMMARY = 240

function summaryOf(parameters: Execution['parameters'] = {}): string {
  const parts: string[] = []
  let length = 0
  for (const [name, value] of Object.entries(parameters)) {
    const text = `${name}=${typeof value === 'string' ? value.slice(0, MAX_SUMMARY) : (JSON.stringify(value) ?? '').slice(0, MAX_SUMMARY)}`
    parts.push(text)
    length += text.length
    if (length > MAX_SUMMARY) break
  }
  return parts.join('  ')
}

function triggeredBy(execution: Execution): string {
  const rule = execution.rule?.['ref'] ?? execution.rule?.['name']
  if (typeof rule === 'string') return rule
  const user = execution.context?.['user']
  return typeof user === 'string' ? user : 'unknown'
}
