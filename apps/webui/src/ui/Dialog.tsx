import { type CSSProperties, type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './Button.tsx'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly foot?: ReactNode
  /** px */
  readonly width?: number
  /** A dialog that must be answered has no close button and ignores Esc and clicks beside it. */
  readonly must?: boolean
  readonly testId?: string
}

/** The browser's own modal dialog: it traps the focus, closes by Esc, and hides what is behind from assistive technology. */
export function Dialog({ title, onClose, children, foot, width = 560, must = false, testId }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    if (dialog !== null && !dialog.open) dialog.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])

  return (
    <dialog
      aria-labelledby={titleId}
      className="dialog"
      data-test={testId}
      onCancel={(event) => {
        event.preventDefault()
        if (!must) onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget && !must) onClose()
      }}
      onKeyDown={(event) => {
        // A dialog cancelled twice without input in between would be closed by the browser itself.
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        if (!must) onClose()
      }}
      ref={ref}
      style={{ '--dialog-width': `${width}px` } as CSSProperties}
    >
      <header className="dialog-head">
        <h2 className="grow" id={titleId}>
          {title}
        </h2>
        {!must && <Button aria-label="Close" icon="cross" look="plain" onClick={onClose} size="s" />}
      </header>
      <div className="dialog-body">{children}</div>
      {foot && <footer className="dialog-foot">{foot}</footer>}
    </dialog>
  )
}
