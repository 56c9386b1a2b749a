import {
  type ButtonHTMLAttributes,
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { placePopup } from './place.ts'

interface PopupProps {
  readonly trigger: ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>
  readonly kind: 'menu' | 'dialog'
  readonly label: string
  readonly className?: string
  readonly onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void
  readonly children: (close: () => void) => ReactNode
}

/** Something small that opens beside its button, in the browser's top layer; Esc and clicks elsewhere close it. */
export function Popup({ trigger, kind, label, className = '', onKeyDown, children }: PopupProps) {
  const id = useId()
  const popup = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  // The browser closes an open popup at pointer down, before the click on the trigger arrives.
  const closesByPointer = useRef(false)

  useLayoutEffect(() => {
    const element = popup.current
    const anchor = element?.ownerDocument.querySelector(`[aria-controls="${id}"]`)
    if (!isOpen || element === null || anchor == null) return
    element.showPopover()
    placePopup(element, anchor, 'end')
    element.querySelector<HTMLElement>('button, input, select, a')?.focus()
  }, [isOpen, id])

  return (
    <>
      {cloneElement(trigger, {
        'aria-controls': id,
        'aria-expanded': isOpen,
        'aria-haspopup': kind,
        onPointerDown: () => {
          closesByPointer.current = isOpen
        },
        onClick: () => {
          if (closesByPointer.current) closesByPointer.current = false
          else setOpen(!isOpen)
        },
      })}
      <div
        aria-label={label}
        className={`menu ${className}`}
        id={id}
        onKeyDown={onKeyDown}
        onToggle={(event) => {
          if (event.newState === 'closed') setOpen(false)
        }}
        popover="auto"
        ref={popup}
        role={kind}
      >
        {isOpen && children(() => popup.current?.hidePopover())}
      </div>
    </>
  )
}
