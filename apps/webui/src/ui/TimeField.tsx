import { Field } from './Field.tsx'
import { type Zone, zoneName } from './time.ts'
import { fromTimeInput, toTimeInput } from './time-input.ts'

interface TimeFieldProps {
  readonly label: string
  /** ISO 8601, or empty. */
  readonly value: string
  readonly zone: Zone
  readonly onChange: (iso: string) => void
}

export function TimeField({ label, value, zone, onChange }: TimeFieldProps) {
  return (
    <Field label={zone === 'local' ? label : `${label} (${zoneName(zone)})`}>
      {(control) => (
        <input
          {...control}
          className="input"
          onChange={(event) => onChange(fromTimeInput(event.target.value, zone))}
          step={1}
          type="datetime-local"
          value={toTimeInput(value, zone)}
        />
      )}
    </Field>
  )
}
