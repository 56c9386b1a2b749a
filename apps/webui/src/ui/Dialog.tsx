import { type CSSProperties, type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './Button.tsx'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly foot?: ReactNode
  /** px */
  readonly width?: number
  /**
   * `must`: has to be answered; no close button, Esc and clicks beside it do nothing. `bare`: the title is only read
   * out.
   */
  readonly kind?: 'plain' | 'must' | 'bare'
  readonly testId?: string
}

/** The browser's own modal dialog: it traps the focus, closes by Esc, and hides what is behind from assistive technology. */
export function Dialog({ title, onClose, children, foot, width = 560, kind = 'plain', testId }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const close = () => {
    if (kind !== 'must') onClose()
  }

  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    if (dialog !== null && !dialog.open) dialog.showModal()
    // The first thing to fill in, not the button that closes.
    const first =
      dialog?.querySelector<HTMLElement>('[data-autofocus]') ??
      dialog?.querySelector<HTMLElement>('.dialog-body :is(input, textarea, select), .dialog-foot button')
    first?.focus()
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
        close()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) close()
      }}
      onKeyDown={(event) => {
        // A dialog cancelled twice without input in between would be closed by the browser itself.
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        close()
      }}
      ref={ref}
      style={{ '--dialog-width': `${width}px` } as CSSProperties}
    >
      <header className={kind === 'bare' ? 'sr-only' : 'dialog-head'}>
        <h2 className="grow" id={titleId}>
          {title}
        </h2>
        {kind === 'plain' && <Button aria-label="Close" icon="cross" look="plain" onClick={close} size="s" />}
      </header>
      <div className="dialog-body">{children}</div>
      {foot && <footer className="dialog-foot">{foot}</footer>}
    </dialog>
  )
}
