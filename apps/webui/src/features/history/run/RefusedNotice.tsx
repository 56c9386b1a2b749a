import { type Execution, isCompleted, isOrquestaRunner } from '@st2/model'
import { hasWorkflowRecord } from '../../../api/workflow-runs.ts'
import { Notice } from '../../../ui/Feedback.tsx'
import { refusalErrors } from '../../../widgets/run/refusal-errors.ts'
import { runnerOf } from '../../../widgets/execution/runner-of.ts'

/** Why a workflow did not begin: nothing else of it is to be seen. */
export function RefusedNotice({ execution }: { readonly execution: Execution }) {
  const isOrquesta = isOrquestaRunner(runnerOf(execution))
  if (!isOrquesta || !isCompleted(execution.status) || hasWorkflowRecord(execution)) return null
  const errors = refusalErrors(execution.result)
  if (errors.length === 0)
    return <Notice tone="warn">The workflow ended before it began: no task was started, and nobody noted why.</Notice>
  return (
    <Notice tone="bad">
      <strong>The workflow was refused before it began.</strong>
      <ul className="refusals" data-test="refusals">
        {errors.map(({ message, place }) => (
          <li key={`${place}${message}`}>
            {message} {place !== '' && <span className="mono muted">{place}</span>}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
