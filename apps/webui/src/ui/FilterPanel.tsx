import { type ReactNode, useState } from 'react'
import { Button } from './Button.tsx'
import { Popup } from './Popup.tsx'

/** Filters while they are chosen. */
export interface FilterFieldsProps<Filters> {
  readonly draft: Filters
  readonly change: (part: Partial<Filters>) => void
}

interface FilterFormProps<Filters> {
  readonly filters: Filters
  /** What nothing is filtered by. */
  readonly none: Filters
  readonly onSet: (filters: Filters) => void
  readonly children: (fields: FilterFieldsProps<Filters>) => ReactNode
}

interface FilterPanelProps<Filters> extends FilterFormProps<Filters> {
  readonly isFiltered: boolean
}

/** All filters of a list behind one button; they take effect together. */
export function FilterPanel<Filters>({ isFiltered, onSet, ...form }: FilterPanelProps<Filters>) {
  return (
    <Popup
      className="filter-panel"
      kind="dialog"
      label="Filters"
      trigger={<Button aria-label="More filters" aria-pressed={isFiltered} icon="filter" />}
    >
      {(close) => (
        <FilterForm
          {...form}
          // Another address while it is open: what was chosen before would undo it.
          key={JSON.stringify(form.filters)}
          onSet={(filters) => {
            close()
            onSet(filters)
          }}
        />
      )}
    </Popup>
  )
}

function FilterForm<Filters>({ filters, none, onSet, children }: FilterFormProps<Filters>) {
  const [draft, setDraft] = useState(filters)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        onSet(draft)
      }}
    >
      {children({ draft, change: (part) => setDraft((before) => ({ ...before, ...part })) })}
      <div className="row">
        <Button look="primary" type="submit">
          Apply
        </Button>
        <Button look="plain" onClick={() => onSet(none)}>
          Clear all
        </Button>
      </div>
    </form>
  )
}
