import './code-editor.css'
import { Suspense } from 'react'
import type { ExpressionFieldProps } from './expression-field-props.ts'
import { lazyPart } from '../../ui/lazy-part.ts'

const LoadedField = lazyPart(() => import('./LoadedField.tsx'), 'LoadedField')

/** Takes the place of a text input where the text may be, or hold, an expression. */
export function ExpressionField(props: ExpressionFieldProps) {
  const { label, value, onChange, invalid, placeholder } = props
  return (
    <Suspense
      fallback={
        <input
          aria-invalid={invalid || undefined}
          aria-label={label}
          className="input mono"
          onChange={(event) => onChange(event.target.value)}
          placeholder={placeholder}
          value={value}
        />
      }
    >
      <LoadedField {...props} />
    </Suspense>
  )
}
