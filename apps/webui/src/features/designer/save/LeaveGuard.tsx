import { useBlocker } from '@tanstack/react-router'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'

/** Asks before somebody goes away from what is not saved. */
export function LeaveGuard({ isNeeded }: { readonly isNeeded: () => boolean }) {
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
      <p>This workflow is not saved. A draft of it stays in this browser, and is offered when you open it again.</p>
    </Dialog>
  )
}
