import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import type { ControlProps } from './Field.tsx'
import { matchingOptions, type Option } from './combobox-options.ts'
import { placePopup } from './place.ts'

interface ComboboxProps {
  readonly control: ControlProps
  /** Names the list of options. */
  readonly label: string
  readonly value: string
  readonly options: readonly Option[]
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  /** Of the input, where no label stands beside it. */
  readonly name?: string
  readonly testId?: string
  readonly mono?: boolean
  /** What Enter takes while one types: the first option, or none before an arrow key chose it. @default 'first' */
  readonly enter?: 'first' | 'chosen'
}

/** A text input that suggests: arrow keys walk, Enter takes, Esc closes; what is not among the options may be typed too. */
export function Combobox({
  control,
  label,
  value,
  options,
  onChange,
  placeholder,
  name,
  testId,
  mono = true,
  enter = 'first',
}: ComboboxProps) {
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  // Until something is typed, all are shown: whoever opens the list wants to see what else there is.
  const [isTyped, setTyped] = useState(false)
  const shown = matchingOptions(options, isTyped ? value : '')
  const isShown = isOpen && shown.length > 0

  useLayoutEffect(() => {
    const [element, anchor] = [list.current, input.current]
    if (element === null || anchor === null) return
    if (!isShown) {
      if (element.matches(':popover-open')) element.hidePopover()
      return
    }
    if (!element.matches(':popover-open')) element.showPopover()
    element.style.width = `${anchor.getBoundingClientRect().width}px`
    placePopup(element, anchor, 'center')
  }, [isShown, shown.length])
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active, isShown])

  const open = () => {
    setTyped(false)
    setActive(options.findIndex((option) => option.value === value))
    setOpen(true)
  }
  const close = () => setOpen(false)
  const take = (option: Option | undefined) => {
    if (option !== undefined && option.value !== value) onChange(option.value)
    close()
  }
  const walk = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (isShown) setActive(active < 0 && step < 0 ? shown.length - 1 : (active + step + shown.length) % shown.length)
      else open()
    } else if (event.key === 'Enter' && isShown && active >= 0) take(shown[active])
    else if (event.key === 'Escape' && isShown) close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="combobox">
      <input
        {...control}
        aria-activedescendant={isShown && active >= 0 ? `${listId}-${active}` : undefined}
        aria-autocomplete="list"
        aria-controls={listId}
        aria-expanded={isShown}
        aria-label={name}
        autoComplete="off"
        className={`input ${mono ? 'mono' : ''}`}
        data-test={testId}
        onBlur={close}
        onChange={(event) => {
          setTyped(true)
          setActive(enter === 'chosen' || event.target.value.trim() === '' ? -1 : 0)
          setOpen(true)
          onChange(event.target.value)
        }}
        onClick={() => !isOpen && open()}
        onKeyDown={walk}
        placeholder={placeholder}
        ref={input}
        role="combobox"
        spellCheck={false}
        value={value}
      />
      <div className="menu combobox-list" popover="manual" ref={list}>
        <div aria-label={label} className="combobox-options" id={listId} role="listbox">
          {isShown &&
            shown.map((option, index) => (
              <div
                aria-selected={index === active}
                className="combobox-option"
                id={`${listId}-${index}`}
                key={option.value}
                // The input keeps the focus.
                onMouseDown={(event) => {
                  event.preventDefault()
                  take(option)
                }}
                role="option"
              >
                <span className={mono ? 'mono' : ''}>{option.value}</span>
                {option.detail && <span className="combobox-detail muted">{option.detail}</span>}
              </div>
            ))}
        </div>
      </div>
    </div>
  )
}
