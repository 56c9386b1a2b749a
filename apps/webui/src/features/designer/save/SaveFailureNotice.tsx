import { Notice } from '../../../ui/Feedback.tsx'
import { useSaving } from '../state/designer-context.ts'

/** Why the last attempt to save failed, and what has become of the work. */
export function SaveFailureNotice() {
  const failure = useSaving((saving) => saving.failure)
  if (failure === null || failure.kind === 'conflict') return null
  if (failure.kind === 'unreachable')
    return (
      <Notice tone="bad">
        <strong>The server did not answer, and this is not saved.</strong> Your work is kept in this browser. Saving
        again later does no harm, even if it had arrived.
      </Notice>
    )
  return (
    <Notice tone="bad">
      <strong>It was not saved.</strong> {failure.text}
    </Notice>
  )
}
