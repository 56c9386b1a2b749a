import './code-editor.css'
import type { ExpressionNames } from '@st2/designer'
import type { WorkflowLanguage } from '@st2/expressions'
import { lazy, Suspense } from 'react'

export interface ExpressionFieldProps {
  /** Names the field for assistive technology, also where a `<label>` for its id is on the page. */
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  /** What expressions here may name. */
  readonly names: ExpressionNames
  /** Enter makes a new line; else it is told to `onEnter`. */
  readonly multiline?: boolean
  /** The value is one expression of this language, without delimiters. */
  readonly bare?: WorkflowLanguage
  readonly readOnly?: boolean
  readonly placeholder?: string
  readonly id?: string
  /** Ids of elements that say more, with blanks between them. */
  readonly describedBy?: string
  readonly invalid?: boolean
  readonly onBlur?: () => void
  readonly onEnter?: () => void
}

const LoadedField = lazy(async () => ({ default: (await import('./LoadedField.tsx')).LoadedField }))

/** Takes the place of a text input where the text may be, or hold, an expression. */
export function ExpressionField(props: ExpressionFieldProps) {
  const { label, value, onChange, readOnly, invalid, placeholder } = props
  return (
    <Suspense
      fallback={
        <input
          aria-invalid={invalid || undefined}
          aria-label={label}
          className="input mono"
          onChange={(event) => onChange(event.target.value)}
          placeholder={placeholder}
          readOnly={readOnly}
          value={value}
        />
      }
    >
      <LoadedField {...props} />
    </Suspense>
  )
}
