import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import type { IconName } from './Icon.tsx'

interface ConfirmDialogProps {
  readonly title: string
  /** On the button that does it. */
  readonly label: string
  readonly icon?: IconName
  /** On the button that does not, which has the focus. */
  readonly stay?: string
  readonly isBusy?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly testId: string
  /** What comes of it. */
  readonly children: ReactNode
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, label, icon, stay = 'Keep it', isBusy = false, onConfirm, onClose, testId, children } = props
  return (
    <Dialog
      foot={
        <>
          <Button data-autofocus="" onClick={onClose}>
            {stay}
          </Button>
          <Button
            busy={isBusy}
            data-test={testId}
            look="danger"
            onClick={onConfirm}
            {...(icon === undefined ? {} : { icon })}
          >
            {label}
          </Button>
        </>
      }
      onClose={onClose}
      title={title}
      width={480}
    >
      <div className="stack">{children}</div>
    </Dialog>
  )
}
