import type { KeyboardEvent, ReactNode } from 'react'

export interface Choice<T extends string> {
  readonly value: T
  readonly label: ReactNode
  readonly name?: string
}

interface SegmentedProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
  readonly id?: string
  readonly describedBy?: string | undefined
}

/** Few alternatives side by side, one chosen: a radio group. */
export function Segmented<T extends string>({ label, value, choices, onChange, id, describedBy }: SegmentedProps<T>) {
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    event.stopPropagation()
    const index = choices.findIndex((choice) => choice.value === value)
    const next = choices[(index + step + choices.length) % choices.length]
    if (next === undefined) return
    onChange(next.value)
    event.currentTarget.querySelectorAll('button')[choices.indexOf(next)]?.focus()
  }
  return (
    <div
      aria-describedby={describedBy}
      aria-label={label}
      className="segmented"
      id={id}
      onKeyDown={walk}
      role="radiogroup"
    >
      {choices.map((choice) => (
        <button
          aria-checked={choice.value === value}
          aria-label={choice.name}
          key={choice.value}
          onClick={() => onChange(choice.value)}
          role="radio"
          tabIndex={choice.value === value ? 0 : -1}
          title={choice.name}
          type="button"
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}
