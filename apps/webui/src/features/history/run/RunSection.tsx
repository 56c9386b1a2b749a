import './run.css'
import type { Execution } from '@st2/model'
import { type ComponentType, Suspense } from 'react'
import { MAX_RUN } from '../../../api/run-executions.ts'
import type { RunPlace } from '../../../api/run-place.ts'
import { problemOf } from '../../../api/problem.ts'
import { ProblemNotice } from '../../../shell/ErrorPages.tsx'
import { Notice, Spinner } from '../../../ui/Feedback.tsx'
import { RefusedNotice } from './RefusedNotice.tsx'
import type { RunSectionProps } from './run-section.ts'
import { useRun } from './use-run.ts'
import { WaitingInquiries } from './WaitingInquiries.tsx'
import { lazyPart } from '../../../ui/lazy-part.ts'

export type RunSectionName = 'graph' | 'timeline' | 'tree' | 'log'

const SECTIONS: Readonly<Record<RunSectionName, ComponentType<RunSectionProps>>> = {
  graph: lazyPart(() => import('./GraphSection.tsx'), 'GraphSection'),
  timeline: lazyPart(() => import('./TimelineSection.tsx'), 'TimelineSection'),
  tree: lazyPart(() => import('./TreeSection.tsx'), 'TreeSection'),
  log: lazyPart(() => import('./LogSection.tsx'), 'LogSection'),
}

interface Props extends Omit<RunSectionProps, 'run'> {
  readonly execution: Execution
  readonly section: RunSectionName
  readonly place: RunPlace
}

/** One way to look at a run of a workflow; what waits for an answer stands above each. */
export function RunSection({ execution, section, ...rest }: Props) {
  const run = useRun(execution)
  const Section = SECTIONS[section]
  return (
    <div className="run-fill">
      <RefusedNotice execution={execution} />
      <WaitingInquiries executions={run.executions} />
      {run.error !== null && <ProblemNotice error={run.error} retry={run.retry} />}
      {run.insightError !== null && <Notice tone="warn">{insightWords(run.insightError)}</Notice>}
      {run.executions.total > MAX_RUN && (
        <Notice tone="warn">
          {run.executions.total.toLocaleString('en')} executions belong to this run; the first{' '}
          {MAX_RUN.toLocaleString('en')} are shown.
        </Notice>
      )}
      <Suspense
        fallback={
          <div className="run-wait">
            <Spinner label="Loading" />
          </div>
        }
      >
        <Section {...rest} run={run} />
      </Suspense>
    </div>
  )
}

function insightWords(error: unknown): string {
  const { kind, text } = problemOf(error)
  if (kind === 'missing')
    return 'There is no record of the workflow any more: it was collected as too old. What its executions tell is shown.'
  if (kind === 'forbidden')
    return `You may not see what the workflow decided. ${text} What its executions tell is shown.`
  return `What the workflow decided could not be loaded. ${text} What its executions tell is shown.`
}
