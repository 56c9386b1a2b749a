import { type KeyboardEvent, useEffect, useState } from 'react'
import { Icon } from './Icon.tsx'

interface SearchFieldProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  /** Told of every letter: what is searched is here already. */
  readonly onChange: (text: string) => void
}

/** Words that narrow the list below; ArrowDown goes on to its first row. */
export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  // The value may come back later than the next letter is typed, as from an address.
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  return (
    <div className="search">
      <Icon name="search" size={14} />
      <input
        aria-label={label}
        className="input"
        data-test="filter"
        onChange={(event) => {
          setText(event.target.value)
          onChange(event.target.value)
        }}
        onKeyDown={(event) => event.key === 'ArrowDown' && focusFirstRow(event)}
        placeholder={placeholder}
        type="search"
        value={text}
      />
    </div>
  )
}

/** From the field above a list into the list. */
export function focusFirstRow(event: KeyboardEvent): void {
  event.preventDefault()
  event.currentTarget.closest('section')?.querySelector<HTMLElement>('a[data-row]')?.focus()
}
