import { useBlocker } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

interface LeaveGuardProps {
  readonly isNeeded: () => boolean
  /** What becomes of it. */
  readonly children: ReactNode
}

/** Asks before somebody goes away from what is not saved. */
export function LeaveGuard({ isNeeded, children }: LeaveGuardProps) {
  const blocker = useBlocker({ shouldBlockFn: isNeeded, enableBeforeUnload: isNeeded, withResolver: true })
  if (blocker.status !== 'blocked') return null
  return (
    <ConfirmDialog
      label="Leave"
      onClose={blocker.reset}
      onConfirm={blocker.proceed}
      stay="Stay"
      testId="leave_anyway"
      title="Leave without saving?"
    >
      <p>{children}</p>
    </ConfirmDialog>
  )
}
