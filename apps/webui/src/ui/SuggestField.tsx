import { Field } from './Field.tsx'

interface SuggestFieldProps {
  readonly label: string
  readonly value: string
  /** What is known; anything else may be typed too. */
  readonly values: readonly string[]
  readonly onChange: (text: string) => void
}

/** One word that a list is filtered by. */
export function SuggestField({ label, value, values, onChange }: SuggestFieldProps) {
  return (
    <Field label={label}>
      {(control) => (
        <>
          <input
            {...control}
            className="input"
            list={`${control.id}-values`}
            onChange={(event) => onChange(event.target.value.trim())}
            placeholder="any"
            value={value}
          />
          <datalist id={`${control.id}-values`}>
            {values.map((known) => (
              <option key={known} value={known} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
