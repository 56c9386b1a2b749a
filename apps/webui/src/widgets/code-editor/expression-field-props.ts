import type { ExpressionNames } from '@st2/designer'

export interface ExpressionFieldProps {
  /** Names the field for assistive technology, also where a `<label>` for its id is on the page. */
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  /** What expressions here may name. */
  readonly names: ExpressionNames
  /** Enter makes a new line; else it is told to `onEnter`. */
  readonly multiline?: boolean
  readonly placeholder?: string
  readonly id?: string
  /** Ids of elements that say more, with blanks between them. */
  readonly describedBy?: string
  readonly invalid?: boolean
  readonly onBlur?: () => void
  readonly onEnter?: () => void
}
