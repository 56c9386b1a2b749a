import { type Execution, isCompleted } from '@st2/model'
import { useNow } from '../../ui/now.ts'
import { formatDuration } from '../../ui/time.ts'
import { elapsedSeconds } from './elapsed.ts'

/** How long it took, or has taken until now. */
export function ElapsedTime({ execution, testId }: { readonly execution: Execution; readonly testId?: string }) {
  const now = useNow(!isCompleted(execution.status))
  const seconds = elapsedSeconds(execution, now)
  return (
    <span className="tabular" data-test={testId}>
      {seconds === null ? '' : formatDuration(seconds)}
    </span>
  )
}
