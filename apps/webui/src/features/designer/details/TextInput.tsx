import { type ReactNode } from 'react'
import { Field } from '../../../ui/Field.tsx'
import { useDraftText } from './use-draft-text.ts'

interface TextInputProps {
  readonly label: string
  readonly value: string
  readonly onCommit: (text: string) => void
  readonly help?: ReactNode
  readonly error?: string | undefined
  readonly placeholder?: string
  readonly testId?: string
  readonly rows?: number
  readonly required?: boolean
  /** Not to be read over a shoulder. */
  readonly secret?: boolean
}

/** A plain text of the form. */
export function TextInput({
  label,
  value,
  onCommit,
  help,
  error,
  placeholder,
  testId,
  rows = 1,
  required,
  secret = false,
}: TextInputProps) {
  const draft = useDraftText(value, onCommit)
  return (
    <Field error={error} help={help} label={label} {...(required === undefined ? {} : { required })}>
      {(control) =>
        secret ? (
          <input
            {...control}
            autoComplete="new-password"
            className="input"
            data-test={testId}
            onBlur={draft.settle}
            onChange={(event) => draft.write(event.target.value)}
            placeholder={placeholder}
            type="password"
            value={draft.text}
          />
        ) : (
          <textarea
            {...control}
            className="input"
            data-test={testId}
            onBlur={draft.settle}
            onChange={(event) => draft.write(event.target.value)}
            placeholder={placeholder}
            rows={rows}
            spellCheck={false}
            value={draft.text}
          />
        )
      }
    </Field>
  )
}
