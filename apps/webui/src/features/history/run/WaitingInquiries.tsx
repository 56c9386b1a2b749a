import { INQUIRER_RUNNER } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import type { RunExecutions } from '../../../api/run-executions.ts'
import { runExecutions } from '../../../api/workflow-runs.ts'
import { isWorkflow, runnerOf } from '../../../widgets/execution/runner-of.ts'
import { taskTitle } from '../../../widgets/run/task-place.ts'
import { InquiryCard } from './InquiryCard.tsx'

/** Workflows in workflows that are searched for questions. */
const MAX_DEPTH = 5

interface WaitingInquiriesProps {
  readonly executions: RunExecutions
  readonly depth?: number
}

/** Questions that keep a run from going on, wherever below it they were asked. */
export function WaitingInquiries({ executions, depth = 0 }: WaitingInquiriesProps) {
  const found = [...executions.byId.values()]
  const asked = found.filter((execution) => execution.status === 'pending' && runnerOf(execution) === INQUIRER_RUNNER)
  const held = found.filter(
    (execution) => isWorkflow(execution) && (execution.status === 'paused' || execution.status === 'pausing'),
  )
  return (
    <>
      {asked.map((execution) => (
        <InquiryCard id={execution.id} key={execution.id} task={taskTitle(execution)} />
      ))}
      {depth < MAX_DEPTH && held.map((execution) => <Below depth={depth + 1} id={execution.id} key={execution.id} />)}
    </>
  )
}

function Below({ id, depth }: { readonly id: string; readonly depth: number }) {
  const { data } = useQuery(runExecutions(id))
  return data === undefined ? null : <WaitingInquiries depth={depth} executions={data} />
}
