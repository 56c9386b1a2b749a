import type { ReactNode } from 'react'
import { Notice } from '../../../ui/Feedback.tsx'
import { useSaving } from '../state/designer-context.ts'

/** Why the last attempt to save failed, and what has become of the work. */
export function SaveFailureNotice({ action }: { readonly action?: ReactNode }) {
  const failure = useSaving((saving) => saving.failure)
  const isDraftRefused = useSaving((saving) => saving.isDraftRefused)
  if (failure === null || failure.kind === 'conflict') return null
  if (failure.kind === 'refused')
    return (
      <Notice action={action} tone="bad">
        <strong>It was not saved.</strong> {failure.text}
      </Notice>
    )
  return (
    <Notice action={action} tone="bad">
      <strong>The server did not answer, and this is not saved.</strong>{' '}
      {isDraftRefused
        ? 'This browser has no room to keep it: leave the tab open.'
        : 'Your work is kept in this browser.'}{' '}
      Saving again later does no harm, even if it had arrived.
    </Notice>
  )
}
