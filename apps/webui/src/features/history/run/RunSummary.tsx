import './run.css'
import type { Execution } from '@st2/model'
import { RefusedNotice } from './RefusedNotice.tsx'
import { RunGraph } from './RunGraph.tsx'
import { useRun } from './use-run.ts'
import { WaitingInquiries } from './WaitingInquiries.tsx'

interface RunSummaryProps {
  readonly execution: Execution
  readonly onTask: (task: string) => void
}

/** The picture of a workflow on the page that tells everything of it; what waits for an answer comes first. */
export function RunSummary({ execution, onTask }: RunSummaryProps) {
  const run = useRun(execution)
  return (
    <>
      <RefusedNotice execution={execution} />
      <WaitingInquiries executions={run.executions} />
      <section aria-label="Workflow" className="card run-summary">
        <RunGraph chosen={null} onChoose={(task) => task !== null && onTask(task)} run={run} />
      </section>
    </>
  )
}
