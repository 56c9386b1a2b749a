import type { Execution } from '@st2/model'
import { rerunOriginOf } from '../../api/rerun-origin.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { TimeStamp } from '../../ui/TimeStamp.tsx'
import { ElapsedTime } from '../../widgets/execution/ElapsedTime.tsx'
import { runnerOf } from '../../widgets/execution/runner-of.ts'

/** Who, when, how long, and where it belongs. */
export function ExecutionFacts({ execution }: { readonly execution: Execution }) {
  const context = execution.context ?? {}
  const rerun = rerunOriginOf(execution)
  const tag = fieldOf(context['trace_context'], 'trace_tag')
  return (
    <div className="fact-box">
      <dl className="facts fact-sheet">
        <dt>Execution ID</dt>
        <dd className="row">
          <span className="mono" data-test="execution_id">
            {execution.id}
          </span>
          <CopyButton label="the execution id" text={() => execution.id} what="Execution id" />
        </dd>
        <dt>Duration</dt>
        <dd>
          <ElapsedTime execution={execution} testId="execution_time" />
        </dd>
        <dt>Started</dt>
        <dd>
          <TimeStamp form="instant" iso={execution.start_timestamp} testId="start_timestamp" />{' '}
          <span className="muted">
            <TimeStamp form="beside" iso={execution.start_timestamp} />
          </span>
        </dd>
        <dt>User</dt>
        <dd>{String(context['user'] ?? 'unknown')}</dd>
        {execution.end_timestamp !== undefined && (
          <>
            <dt>Finished</dt>
            <dd>
              <TimeStamp form="instant" iso={execution.end_timestamp} testId="end_timestamp" />
            </dd>
          </>
        )}
        {typeof context['cancelled_by'] === 'string' && (
          <>
            <dt>Canceled by</dt>
            <dd>{context['cancelled_by']}</dd>
          </>
        )}
        <dt>Runner</dt>
        <dd>{runnerOf(execution)}</dd>
        {tag !== undefined && (
          <>
            <dt>Trace tag</dt>
            <dd>
              <AppLink className="mono" title="All that has this tag" to={paths.history({ trace_tag: [tag] })}>
                {tag}
              </AppLink>
            </dd>
          </>
        )}
        {execution.parent !== undefined && (
          <>
            <dt>Part of</dt>
            <dd>
              <AppLink className="mono" to={paths.execution(execution.parent)}>
                {execution.parent}
              </AppLink>
            </dd>
          </>
        )}
        {rerun !== null && (
          <>
            <dt>Re-run of</dt>
            <dd>
              <AppLink className="mono" to={paths.execution(rerun.of)}>
                {rerun.of}
              </AppLink>
            </dd>
          </>
        )}
      </dl>
    </div>
  )
}

function fieldOf(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const field = (value as Record<string, unknown>)[name]
  return typeof field === 'string' ? field : undefined
}
