import { type Execution, isCompleted } from '@st2/model'
import { Icon } from '../../ui/Icon.tsx'
import { useNow } from '../../ui/now.ts'
import { STATUS_LOOKS } from '../../ui/StatusBadge.tsx'
import { TimeStamp } from '../../ui/TimeStamp.tsx'
import { formatDuration } from '../../ui/time.ts'
import { phasesOf } from '../../widgets/execution/elapsed.ts'

/** Each status with its start and how long it lasted; the bar shows where the time went. */
export function StatusTimeline({ execution }: { readonly execution: Execution }) {
  const now = useNow(!isCompleted(execution.status))
  const phases = phasesOf(execution.log ?? [], now)
  if (phases.length === 0) return null
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
        {phases.map(({ status, timestamp, seconds }) => (
          <li className={`tone-${STATUS_LOOKS[status].tone}`} key={`${status}${timestamp}`}>
            <Icon name={STATUS_LOOKS[status].icon} size={13} />
            <span className="timeline-status">{status}</span>
            <span className="muted tabular">
              {seconds === null ? <TimeStamp form="clock" iso={timestamp} /> : formatDuration(seconds)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
