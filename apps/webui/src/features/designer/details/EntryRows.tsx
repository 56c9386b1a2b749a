import type { Entry, NamesPlace } from '@st2/designer'
import type { ReactNode } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { AddByName } from './AddByName.tsx'
import { ExpressionInput } from './ExpressionInput.tsx'
import { useDraftText } from './use-draft-text.ts'
import { textOfValue, valueOfText } from './value-text.ts'

interface EntryRowsProps {
  readonly label: string
  readonly entries: readonly Entry[]
  /** Where the expression of a row stands. */
  readonly placeOf: (index: number) => NamesPlace
  readonly onChange: (index: number, entry: Entry) => void
  readonly onAdd: (name: string) => void
  readonly onRemove: (index: number) => void
  readonly onMove?: (from: number, to: number) => void
  /** A name that is used elsewhere is changed by its own dialog. */
  readonly onRename?: (name: string) => void
  readonly addLabel: string
  readonly testId: string
  /** Of an empty value. */
  readonly placeholder?: string
  readonly empty?: ReactNode
}

/** Named values in their order: to change, to add, to move, to take away. */
export function EntryRows(props: EntryRowsProps) {
  const { label, entries, onAdd, addLabel, testId, empty } = props
  return (
    <div aria-label={label} className="entry-rows" data-test={testId} role="group">
      {entries.length === 0 && empty}
      {entries.map((entry, index) => (
        <EntryRow {...props} entry={entry} index={index} key={`${index} ${entry.name}`} />
      ))}
      <AddByName
        addLabel={addLabel}
        label={`${addLabel}: name`}
        onAdd={(name) => {
          onAdd(name)
          return true
        }}
        testId={testId}
      />
    </div>
  )
}

interface EntryRowProps extends EntryRowsProps {
  readonly entry: Entry
  readonly index: number
}

function EntryRow({
  entry,
  index,
  entries,
  placeOf,
  onChange,
  onRemove,
  onMove,
  onRename,
  placeholder,
  testId,
}: EntryRowProps) {
  const name = useDraftText(
    entry.name,
    (text) => text.trim() !== '' && onChange(index, { ...entry, name: text.trim() }),
  )
  return (
    <div className="entry-row" data-entry={entry.name}>
      <div className="row">
        {onRename === undefined ? (
          <input
            aria-label={`Name ${index + 1}`}
            className="input mono entry-name"
            onBlur={name.settle}
            onChange={(event) => name.write(event.target.value)}
            spellCheck={false}
            value={name.text}
          />
        ) : (
          <>
            <span className="mono parameter-name truncate grow">{entry.name}</span>
            <Button
              aria-label={`Rename ${entry.name}`}
              icon="edit"
              look="plain"
              onClick={() => onRename(entry.name)}
              size="s"
            />
          </>
        )}
        {onMove !== undefined && index > 0 && (
          <Button
            aria-label={`Move ${entry.name} up`}
            icon="up"
            look="plain"
            onClick={() => onMove(index, index - 1)}
            size="s"
          />
        )}
        {onMove !== undefined && index < entries.length - 1 && (
          <Button
            aria-label={`Move ${entry.name} down`}
            icon="follow"
            look="plain"
            onClick={() => onMove(index, index + 1)}
            size="s"
          />
        )}
        <Button
          aria-label={`Remove ${entry.name}`}
          icon="cross"
          look="plain"
          onClick={() => onRemove(index)}
          size="s"
        />
      </div>
      <ExpressionInput
        isBare
        label={`Value of ${entry.name}`}
        onCommit={(text) => onChange(index, { ...entry, value: valueOfText(text) })}
        place={placeOf(index)}
        testId={`${testId}:${entry.name}`}
        value={textOfValue(entry.value)}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
    </div>
  )
}
