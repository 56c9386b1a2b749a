import type { HistoryFilters } from '../../../api/execution-filters.ts'
import { paths } from '../../../paths.ts'
import { AppLink } from '../../../shell/AppLink.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { VERBS } from '../execution-requests.ts'
import { dismissJob, goOn, stopJob } from './bulk-job.ts'
import { type BulkJob, counted, stateText } from './job-words.ts'
import { phaseOf } from './request-queue.ts'

/** Ids that one address may name. */
const MAX_LINKED = 50

/** What can be done about it as it stands. */
export function JobButtons({ job: { queue } }: { readonly job: BulkJob }) {
  const phase = phaseOf(queue)
  if (phase === 'over')
    return (
      <>
        <NewOnes made={queue.made} />
        <Button data-test="bulk_dismiss" icon="check" onClick={dismissJob} size="s">
          Done
        </Button>
      </>
    )
  return (
    <>
      {phase === 'held' && (
        <Button data-test="bulk_go_on" icon="play" look="primary" onClick={goOn} size="s">
          Go on
        </Button>
      )}
      <Button
        data-test="bulk_stop"
        disabledReason={phase === 'stopping' ? 'Nothing more is sent.' : undefined}
        icon="stop"
        onClick={stopJob}
        size="s"
      >
        Stop
      </Button>
    </>
  )
}

/** What re-runs began, wherever the filters would show it. */
function NewOnes({ made }: Pick<BulkJob['queue'], 'made'>) {
  if (made.length === 0) return null
  return (
    <AppLink
      className="btn"
      data-look="plain"
      data-size="s"
      data-test="bulk_made"
      to={paths.history({ id: made.slice(0, MAX_LINKED) })}
    >
      {made.length > MAX_LINKED ? `Show ${MAX_LINKED} of the new` : 'Show the new'}
    </AppLink>
  )
}

interface JobDetailProps {
  readonly job: BulkJob
  readonly filters: HistoryFilters
}

/** How far it is, and what failed so far. */
export function JobDetail({ job, filters }: JobDetailProps) {
  const { queue } = job
  const settled = queue.done.length + queue.failures.length
  return (
    <>
      {phaseOf(queue) !== 'over' && (
        <div className="row">
          <progress aria-label={stateText(job)} className="bulk-progress" max={queue.total} value={settled} />
          <span className="muted tabular">
            {counted(settled)} of {counted(queue.total)}
            {queue.failures.length > 0 && `, ${counted(queue.failures.length)} failed`}
          </span>
        </div>
      )}
      {queue.failures.length > 0 && <Failures filters={filters} job={job} />}
    </>
  )
}

function Failures({ job: { verb, queue }, filters }: JobDetailProps) {
  return (
    <details className="bulk-failures" data-test="bulk_failures" open>
      <summary>
        <Icon name="warning" size={13} /> What the server said
      </summary>
      <ul>
        {queue.failures.map(({ item, text }) => (
          <li key={item.id}>
            {VERBS[verb].word} {item.ref} <AppLink to={paths.execution(item.id, 'general', filters)}>{item.id}</AppLink>
            : {text}
          </li>
        ))}
      </ul>
    </details>
  )
}
