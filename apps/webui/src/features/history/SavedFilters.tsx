import { type FormEvent, useState } from 'react'
import { filtersToSearch, type HistoryFilters, isFiltered } from '../../api/execution-filters.ts'
import {
  beginWith,
  filtersOf,
  MAX_NAME,
  removeFilters,
  renameFilters,
  type SavedFilter,
  saveFilters,
  saveProblem,
  useSavedFilters,
} from '../../api/saved-filters.ts'
import { hrefOf, paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { Button } from '../../ui/Button.tsx'
import { copyText } from '../../ui/copy.ts'
import { Popup } from '../../ui/Popup.tsx'

/** Filters kept by name in this browser, and the address of those in force. */
export function SavedFilters({ filters }: { readonly filters: HistoryFilters }) {
  return (
    <Popup
      className="filter-panel"
      kind="dialog"
      label="Saved filters"
      trigger={<Button aria-label="Saved filters" icon="bookmark" />}
    >
      {(close) => <Content close={close} filters={filters} />}
    </Popup>
  )
}

interface ContentProps {
  readonly filters: HistoryFilters
  readonly close: () => void
}

function Content({ filters, close }: ContentProps) {
  const known = useSavedFilters()
  const search = filtersToSearch({ ...filters, page: 1 })
  const address = new URL(hrefOf(paths.history(filters)), location.href).href
  return (
    <div className="stack">
      <div className="row">
        <h2 className="grow">Saved filters</h2>
        <Button icon="link" onClick={() => void copyText(address, 'Link to this list')} size="s">
          Copy link
        </Button>
      </div>
      {known.saved.length === 0 ? (
        <p className="muted">
          Filters that you need again and again can be kept by a name, in this browser. Who should see the same list is
          given the link.
        </p>
      ) : (
        <ul className="saved-filters">
          {known.saved.map((one) => (
            <SavedRow
              close={close}
              isCurrent={one.search === search}
              isFirst={one.name === known.first}
              key={one.name}
              saved={one}
            />
          ))}
        </ul>
      )}
      <SaveForm filters={filters} />
    </div>
  )
}

interface SavedRowProps {
  readonly saved: SavedFilter
  readonly isCurrent: boolean
  readonly isFirst: boolean
  readonly close: () => void
}

function SavedRow({ saved, isCurrent, isFirst, close }: SavedRowProps) {
  const [isEdited, setEdited] = useState(false)
  const { name } = saved
  if (isEdited)
    return (
      <li className="saved-filter">
        <RenameForm name={name} onDone={() => setEdited(false)} />
      </li>
    )
  return (
    <li className="saved-filter">
      <AppLink
        aria-current={isCurrent || undefined}
        className="saved-name truncate"
        onClick={close}
        title={saved.search.slice(1)}
        to={paths.history(filtersOf(saved.search))}
      >
        {name}
      </AppLink>
      <Button
        aria-label={isFirst ? `Begin with all executions instead of ${name}` : `Begin with ${name}`}
        aria-pressed={isFirst}
        icon="star"
        look="plain"
        onClick={() => beginWith(isFirst ? null : name)}
        size="s"
      />
      <Button aria-label={`Rename ${name}`} icon="edit" look="plain" onClick={() => setEdited(true)} size="s" />
      <Button aria-label={`Delete ${name}`} icon="trash" look="plain" onClick={() => removeFilters(name)} size="s" />
    </li>
  )
}

function RenameForm({ name, onDone }: { readonly name: string; readonly onDone: () => void }) {
  const [text, setText] = useState(name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const trimmed = text.trim()
    if (trimmed !== '') renameFilters(name, trimmed)
    onDone()
  }
  return (
    <form className="row grow" onSubmit={submit}>
      <input
        aria-label={`New name of ${name}`}
        autoFocus
        className="input"
        maxLength={MAX_NAME}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          onDone()
        }}
        value={text}
      />
      <Button type="submit">Rename</Button>
    </form>
  )
}

function SaveForm({ filters }: { readonly filters: HistoryFilters }) {
  const known = useSavedFilters()
  const [text, setText] = useState('')
  const name = text.trim()
  const isTaken = known.saved.some((one) => one.name === name)
  const problem = isFiltered(filters) ? saveProblem(known, name) : 'Nothing is filtered now.'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problem !== undefined) return
    saveFilters(name, filters)
    setText('')
  }
  return (
    <form className="row" onSubmit={submit}>
      <input
        aria-label="Name for the filters in force"
        className="input"
        maxLength={MAX_NAME}
        onChange={(event) => setText(event.target.value)}
        placeholder="Name for these filters"
        value={text}
      />
      <Button disabledReason={problem} look="primary" type="submit">
        {isTaken ? 'Replace' : 'Save'}
      </Button>
    </form>
  )
}
