import { useBlocker } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

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
    <Dialog
      foot={
        <>
          <Button data-autofocus="" onClick={blocker.reset}>
            Stay
          </Button>
          <Button data-test="leave_anyway" look="danger" onClick={blocker.proceed}>
            Leave
          </Button>
        </>
      }
      onClose={blocker.reset}
      title="Leave without saving?"
      width={440}
    >
      <p>{children}</p>
    </Dialog>
  )
}
