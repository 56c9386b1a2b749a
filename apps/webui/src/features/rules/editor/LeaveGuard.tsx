import { useBlocker } from '@tanstack/react-router'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'

/** Asks before what was typed is lost. */
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
      <p>What you changed in this rule is lost then.</p>
    </Dialog>
  )
}
