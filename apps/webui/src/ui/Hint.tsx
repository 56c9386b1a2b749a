import { type ReactElement, type SyntheticEvent, useEffect, useRef } from 'react'
import { placePopup } from './place.ts'

/** ms the pointer or the focus must rest. */
const DELAY_MS = 350

interface HintProps {
  readonly text: string
  /** For `aria-describedby` of the control, when the text says more than its name. */
  readonly id?: string | undefined
  readonly children: ReactElement
}

/** A short text beside the control under the pointer or with the focus, in the browser's top layer. */
export function Hint({ text, id, children }: HintProps) {
  const hint = useRef<HTMLSpanElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const show = (anchor: Element | null) => {
    const element = hint.current
    if (element === null || anchor === null || !anchor.isConnected || element.matches(':popover-open')) return
    element.showPopover()
    placePopup(element, anchor, 'center')
  }
  const hide = () => {
    clearTimeout(timer.current)
    if (hint.current?.matches(':popover-open')) hint.current.hidePopover()
  }
  const rest = (event: SyntheticEvent<HTMLElement>) => {
    const anchor = event.currentTarget.firstElementChild
    clearTimeout(timer.current)
    timer.current = setTimeout(() => show(anchor), DELAY_MS)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  return (
    <span
      className="hint"
      onBlur={hide}
      onFocus={(event) => {
        if (event.target.matches(':focus-visible')) rest(event)
      }}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
      onPointerDown={hide}
      onPointerEnter={rest}
      onPointerLeave={hide}
    >
      {children}
      <span className="tooltip" id={id} popover="manual" ref={hint} role="tooltip">
        {text}
      </span>
    </span>
  )
}
