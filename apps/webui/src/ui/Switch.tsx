import { Icon } from './Icon.tsx'

interface SwitchProps {
  readonly label: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
  readonly busy?: boolean
  readonly testId?: string
}

/** Something that is either on or off, and is so at once. */
export function Switch({ label, on, onChange, busy = false, testId }: SwitchProps) {
  return (
    <button
      aria-busy={busy || undefined}
      aria-checked={on}
      aria-label={label}
      className="switch"
      data-test={testId}
      onClick={() => !busy && onChange(!on)}
      role="switch"
      title={label}
      type="button"
    >
      <span className="switch-track">
        <span className="switch-knob">{busy && <Icon className="spin" name="arc" size={10} />}</span>
      </span>
    </button>
  )
}
