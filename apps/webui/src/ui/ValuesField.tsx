import { type ChangeEvent, type KeyboardEvent, useState } from 'react'
import { Field } from './Field.tsx'
import { FilterChips } from './FilterChips.tsx'

interface ValuesFieldProps {
  readonly label: string
  readonly values: readonly string[]
  /** What is known; anything else may be typed too. */
  readonly known: readonly string[]
  readonly onChange: (values: readonly string[]) => void
}

/** Any number of words that a list is filtered by: Enter or a comma adds one, a click takes it off. */
export function ValuesField({ label, values, known, onChange }: ValuesFieldProps) {
  const [text, setText] = useState('')
  const add = (typed: string) => {
    const more = typed.split(',').map((value) => value.trim())
    setText('')
    onChange([...new Set([...values, ...more])].filter(Boolean))
  }
  const type = (event: ChangeEvent<HTMLInputElement>) => {
    const typed = event.target.value
    const { inputType } = event.nativeEvent as InputEvent
    // Whoever picks from the list types nothing.
    const isPicked = inputType === undefined || inputType === 'insertReplacementText'
    if (typed.includes(',') || (isPicked && known.includes(typed))) add(typed)
    else setText(typed)
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || text.trim() === '') return
    event.preventDefault()
    add(text)
  }
  return (
    <div className="values-field">
      <Field label={label}>
        {(control) => (
          <>
            <input
              {...control}
              autoComplete="off"
              className="input"
              list={`${control.id}-values`}
              onBlur={() => text.trim() !== '' && add(text)}
              onChange={type}
              onKeyDown={keys}
              placeholder={values.length === 0 ? 'any' : 'or …'}
              value={text}
            />
            <datalist id={`${control.id}-values`}>
              {known
                .filter((value) => !values.includes(value))
                .map((value) => (
                  <option key={value} value={value} />
                ))}
            </datalist>
          </>
        )}
      </Field>
      <FilterChips
        chips={values.map((value) => ({ name: value, text: value }))}
        label={label}
        onRemove={(value) => onChange(values.filter((one) => one !== value))}
      />
    </div>
  )
}
