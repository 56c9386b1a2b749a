import { type Execution, type ExecutionStatus, isCompleted } from '@st2/model'
import { Icon } from '../../ui/Icon.tsx'
import { useNow } from '../../ui/now.ts'
import { STATUS_LOOKS } from '../../ui/StatusBadge.tsx'
import { TimeStamp } from '../../ui/TimeStamp.tsx'
import { formatDuration, formatRunning } from '../../ui/time.ts'
import { phasesOf } from '../../widgets/execution/elapsed.ts'

/** Each status with its start and how long it lasted; the bar shows where the time went. */
export function StatusTimeline({ execution }: { readonly execution: Execution }) {
  const now = useNow(!isCompleted(execution.status))
  const phases = phasesOf(execution.log ?? [], now)
  if (phases.length === 0) return null
  const isOver = (index: number) => index < phases.length - 1
  const total = phases.reduce((sum, phase) => sum + (phase.seconds ?? 0), 0)
  return (
    <section aria-label="Status log" className="card timeline">
      <div aria-hidden="true" className="timeline-bar">
        {phases.map(({ status, timestamp, seconds }) => (
          <span
            className={`tone-${STATUS_LOOKS[status].tone}`}
            key={`${status}${timestamp}`}
            style={{ flexGrow: total === 0 || seconds === null ? 0 : seconds / total }}
          />
        ))}
      </div>
      <ol>
        {phases.map(({ status, timestamp, seconds }, index) => (
          <li className={`tone-${STATUS_LOOKS[status].tone}`} key={`${status}${timestamp}`}>
            <PhaseIcon isOver={isOver(index)} status={status} />
            <span className="timeline-status">{status}</span>
            <span className="muted tabular">
              {seconds === null ? (
                <TimeStamp form="clock" iso={timestamp} />
              ) : isOver(index) ? (
                formatDuration(seconds)
              ) : (
                formatRunning(seconds)
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What turns while it goes on stands still, as a dot, when it is over. */
function PhaseIcon({ status, isOver }: { readonly status: ExecutionStatus; readonly isOver: boolean }) {
  const { icon, spins } = STATUS_LOOKS[status]
  if (spins && isOver) return <Icon name="dot" size={13} />
  return <Icon className={spins ? 'spin' : ''} name={icon} size={13} />
}
