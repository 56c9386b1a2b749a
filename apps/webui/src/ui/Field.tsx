import { type ReactNode, useId } from 'react'
import { Icon } from './Icon.tsx'

export interface ControlProps {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
  readonly 'aria-required': true | undefined
}

interface FieldProps {
  readonly label: ReactNode
  readonly required?: boolean
  readonly help?: ReactNode
  readonly error?: string | undefined
  readonly side?: ReactNode
  readonly children: (control: ControlProps) => ReactNode
}

/** A labelled control with its help and its error, tied together for assistive technology. */
export function Field({ label, required = false, help, error, side, children }: FieldProps) {
  const id = useId()
  const describedBy = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className="field">
      <div className="row">
        <label className="field-label grow" htmlFor={id}>
          <span>
            {label}
            {required && <span aria-hidden="true"> *</span>}
          </span>
        </label>
        {side}
      </div>
      {children({
        id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-required': required || undefined,
      })}
      {error !== undefined && (
        <p className="field-error" id={`${id}-error`}>
          <Icon name="warning" size={13} />
          {error}
        </p>
      )}
      {help && (
        <div className="field-help" id={`${id}-help`}>
          {help}
        </div>
      )}
    </div>
  )
}

/** The next key replaces what the input holds. */
export function typeOver(input: HTMLInputElement | null): void {
  input?.focus()
  input?.select()
}
