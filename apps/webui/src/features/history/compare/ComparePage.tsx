import '../run/run.css'
import './compare.css'
import type { Execution } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { executionDetails } from '../../../api/executions.ts'
import { paths } from '../../../paths.ts'
import { AppLink, useGo } from '../../../shell/AppLink.tsx'
import { DetailHead } from '../../../shell/DetailHead.tsx'
import { ProblemNotice } from '../../../shell/ErrorPages.tsx'
import { useTitle } from '../../../shell/use-title.ts'
import { Button } from '../../../ui/Button.tsx'
import { Notice, Skeleton } from '../../../ui/Feedback.tsx'
import { StatusBadge } from '../../../ui/StatusBadge.tsx'
import { TimeStamp } from '../../../ui/TimeStamp.tsx'
import { ElapsedTime } from '../../../widgets/execution/ElapsedTime.tsx'
import { isWorkflow } from '../../../widgets/execution/runner-of.ts'
import { ComparePicker } from './ComparePicker.tsx'
import { CompareTasks } from './CompareTasks.tsx'
import { CompareValues } from './CompareValues.tsx'

const route = getRouteApi('/history/$id/compare/{-$other}')

/** Two runs side by side: what they were given, what became of each task, what came of them. */
export function ComparePage() {
  const { id, other } = route.useParams()
  useTitle('Compare', id, 'History')
  const right = useQuery(executionDetails(id))
  return (
    <section aria-label="Comparison" className="whole" data-test="compare">
      <DetailHead
        back={paths.execution(id)}
        backLabel="Back to the run"
        title={`Compare runs of ${right.data?.action?.ref ?? '…'}`}
      >
        <span className="grow" />
        <Choices id={id} other={other} />
      </DetailHead>
      <div className="pane-body detail-body stack">
        {right.isError && right.data === undefined && (
          <ProblemNotice error={right.error} retry={() => void right.refetch()} />
        )}
        {right.isPending && <Skeleton widths={[40, 90, 90]} />}
        {right.data !== undefined &&
          (other === undefined ? (
            <ComparePicker execution={right.data} />
          ) : (
            <Comparison key={other} otherId={other} right={right.data} />
          ))}
      </div>
    </section>
  )
}

function Choices({ id, other }: { readonly id: string; readonly other: string | undefined }) {
  const go = useGo()
  return (
    <>
      {other !== undefined && (
        <>
          <Button icon="compare" onClick={() => go(paths.compare(other, id), 'replace')}>
            Swap
          </Button>
          <AppLink className="btn" to={paths.compareWith(id)}>
            Another run
          </AppLink>
        </>
      )}
      <AppLink className="btn compare-back" to={paths.execution(id)}>
        Back to the run
      </AppLink>
    </>
  )
}

function Comparison({ right, otherId }: { readonly right: Execution; readonly otherId: string }) {
  const other = useQuery(executionDetails(otherId))
  if (other.isError && other.data === undefined)
    return <ProblemNotice error={other.error} retry={() => void other.refetch()} />
  if (other.data === undefined) return <Skeleton widths={[40, 90, 90]} />
  const left = other.data
  const isOtherAction = left.action?.ref !== right.action?.ref
  const areRuns = [left, right].every(isWorkflow)
  return (
    <>
      {isOtherAction && (
        <Notice tone="warn">
          These are runs of different actions: {left.action?.ref} and {right.action?.ref}.
        </Notice>
      )}
      <div className="compare-sides">
        <Side execution={left} name="First" />
        <Side execution={right} name="Second" />
      </div>
      {/* Tasks of different workflows have nothing to do with one another, whatever they are called. */}
      {areRuns && !isOtherAction && <CompareTasks left={left} right={right} />}
      <CompareValues left={left.parameters ?? {}} right={right.parameters ?? {}} title="Parameters" />
      {isLeftOut(left) || isLeftOut(right) ? (
        <Notice tone="run">A result is too large to be compared here. Open it in its run.</Notice>
      ) : (
        <CompareValues left={left.result} right={right.result} title="Result" />
      )}
    </>
  )
}

function Side({ execution, name }: { readonly execution: Execution; readonly name: string }) {
  return (
    <section aria-label={name} className="card">
      <div className="card-head">
        <h3 className="grow">{name}</h3>
        <StatusBadge status={execution.status} />
      </div>
      <dl className="facts card-body">
        <dt>Execution</dt>
        <dd>
          <AppLink className="mono" to={paths.execution(execution.id)}>
            {execution.id}
          </AppLink>
        </dd>
        <dt>Started</dt>
        <dd>
          <TimeStamp form="instant" iso={execution.start_timestamp} />
        </dd>
        <dt>Duration</dt>
        <dd>
          <ElapsedTime execution={execution} />
        </dd>
      </dl>
    </section>
  )
}

function isLeftOut({ result, result_size: size = 0 }: Execution): boolean {
  return result === undefined && size > 0
}
