import { Icon } from './Icon.tsx'

export interface FilterChip<Name extends string> {
  readonly name: Name
  readonly text: string
}

interface FilterChipsProps<Name extends string> {
  readonly chips: readonly FilterChip<Name>[]
  /** @default 'Active filters' */
  readonly label?: string
  readonly onRemove: (name: Name) => void
}

/** Filters in force; each can be taken off. */
export function FilterChips<Name extends string>({
  chips,
  label = 'Active filters',
  onRemove,
}: FilterChipsProps<Name>) {
  if (chips.length === 0) return null
  return (
    <ul aria-label={label} className="chips">
      {chips.map(({ name, text }) => (
        <li key={name}>
          <button
            aria-label={`Remove the filter ${text}`}
            className="chip"
            onClick={() => onRemove(name)}
            type="button"
          >
            <span className="truncate">{text}</span>
            <Icon name="cross" size={11} />
          </button>
        </li>
      ))}
    </ul>
  )
}
