import { type Execution, isCompleted } from '@st2/model'
import { useNow } from '../../ui/now.ts'
import { formatDuration, formatRunning } from '../../ui/time.ts'
import { elapsedSeconds } from './elapsed.ts'

/** How long it took, or has taken until now. */
export function ElapsedTime({ execution, testId }: { readonly execution: Execution; readonly testId?: string }) {
  const isRunning = !isCompleted(execution.status)
  const now = useNow(isRunning)
  const seconds = elapsedSeconds(execution, now)
  return (
    <span className="tabular" data-test={testId}>
      {seconds === null ? '' : isRunning ? formatRunning(seconds) : formatDuration(seconds)}
    </span>
  )
}
