import { type Execution, INQUIRER_RUNNER, isCompleted, isWorkflowRunner } from '@st2/model'
import { Suspense } from 'react'
import { Spinner } from '../../ui/Feedback.tsx'
import { printsOutput } from '../../widgets/execution/reporter.ts'
import { runnerOf } from '../../widgets/execution/runner-of.ts'
import { ResultView } from '../../widgets/execution/ResultView.tsx'
import { CauseCard } from './CauseCard.tsx'
import { ExecutionFacts } from './ExecutionFacts.tsx'
import { ParametersCard } from './ParametersCard.tsx'
import { StatusTimeline } from './StatusTimeline.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'

/** What few executions have, or none that has ended. */
const InquiryCard = lazyPart(() => import('./run/InquiryCard.tsx'), 'InquiryCard')
const RunSummary = lazyPart(() => import('./run/RunSummary.tsx'), 'RunSummary')
const LiveOutput = lazyPart(() => import('../../widgets/execution/LiveOutput.tsx'), 'LiveOutput')

interface GeneralSectionProps {
  readonly execution: Execution
  /** Looks at a task of the workflow. */
  readonly onTask: (task: string) => void
}

/** All that is to be known of an execution on one page; of a workflow its picture first. */
export function GeneralSection({ execution, onTask }: GeneralSectionProps) {
  const runner = runnerOf(execution)
  const isOpen = !isCompleted(execution.status)
  return (
    <>
      {execution.status === 'pending' && runner === INQUIRER_RUNNER && (
        <Suspense fallback={<Spinner label="Loading what it asks" />}>
          <InquiryCard id={execution.id} task={null} />
        </Suspense>
      )}
      {isWorkflowRunner(runner) && (
        <Suspense fallback={<div className="card run-summary" />}>
          <RunSummary execution={execution} onTask={onTask} />
        </Suspense>
      )}
      <ExecutionFacts execution={execution} />
      <StatusTimeline execution={execution} />
      <CauseCard execution={execution} />
      <ParametersCard execution={execution} />
      {printsOutput(runner) && (isOpen || !tellsOutput(execution)) && (
        <Suspense fallback={isOpen && <Spinner label="Connecting to the output" />}>
          <LiveOutput executionId={execution.id} isQuiet={!isOpen} />
        </Suspense>
      )}
      {!isOpen && <ResultView execution={execution} />}
    </>
  )
}

/** Whether the result repeats what was printed; that of a canceled or abandoned run does not. */
function tellsOutput({ result, result_size: size = 0 }: Execution): boolean {
  return result === undefined
    ? size > 0
    : 'stdout' in result || 'error' in result || Object.values(result).some(isHostResult)
}

function isHostResult(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'stdout' in value
}
