import type { NamesPlace } from '@st2/designer'
import type { ReactNode } from 'react'
import { Field } from '../../../ui/Field.tsx'
import { ExpressionField } from '../../../widgets/code-editor/ExpressionField.tsx'
import { useDraftText } from './use-draft-text.ts'
import { useNames } from './use-names.ts'

interface ExpressionInputProps {
  readonly label: string
  readonly value: string
  readonly place: NamesPlace
  readonly onCommit: (text: string) => void
  readonly help?: ReactNode
  readonly error?: string | undefined
  readonly placeholder?: string
  readonly testId?: string
  readonly multiline?: boolean
  /** The label is only read out: it stands in a row that says what it is. */
  readonly isBare?: boolean
}

/** A text that may be, or hold, expressions; completed with what there is at its place. */
export function ExpressionInput(props: ExpressionInputProps) {
  const { label, value, place, onCommit, help, error, placeholder, testId, multiline = true, isBare = false } = props
  const draft = useDraftText(value, onCommit)
  const names = useNames(place)
  const field = (control?: { readonly id: string; readonly 'aria-describedby': string | undefined }) => (
    <div data-test={testId}>
      <ExpressionField
        invalid={error !== undefined}
        label={label}
        multiline={multiline}
        names={names}
        onBlur={draft.settle}
        onChange={draft.write}
        onEnter={draft.settle}
        value={draft.text}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(control === undefined ? {} : { id: control.id })}
        {...(control?.['aria-describedby'] === undefined ? {} : { describedBy: control['aria-describedby'] })}
      />
    </div>
  )
  if (isBare) return field()
  return (
    <Field error={error} help={help} label={label}>
      {field}
    </Field>
  )
}
