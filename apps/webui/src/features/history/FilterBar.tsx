import { EXECUTION_STATUSES, type ExecutionStatus } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useState } from 'react'
import {
  freeFilterError,
  type HistoryFilters,
  isFiltered,
  NO_FILTERS,
  RELATIVE_RANGES,
} from '../../api/execution-filters.ts'
import { executionFilterValues } from '../../api/executions.ts'
import { useGo } from '../../shell/AppLink.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import { Popup } from '../../ui/Popup.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { STATUS_LOOKS } from '../../ui/StatusBadge.tsx'
import { TimeField } from '../../ui/TimeField.tsx'
import { formatInstant } from '../../ui/time.ts'
import { pathWith } from './path-with.ts'

interface FilterBarProps {
  readonly filters: HistoryFilters
  readonly id: string | undefined
}

/** Choices at hand; everything else is in the panel. */
const PRESETS: Readonly<Record<string, readonly ExecutionStatus[]>> = {
  All: [],
  Open: ['requested', 'scheduled', 'delayed', 'running', 'pending', 'pausing', 'paused', 'resuming', 'canceling'],
  Failed: ['failed', 'timeout', 'abandoned'],
}

const NAMES = {
  action: 'Action',
  user: 'User',
  runner: 'Runner',
  rule: 'Rule',
  trigger: 'Trigger',
  trigger_type: 'Trigger type',
} as const

type NamedFilter = keyof typeof NAMES
const NAMED_FILTERS = Object.keys(NAMES) as NamedFilter[]

export function FilterBar({ filters, id }: FilterBarProps) {
  const go = useGo()
  const set = (change: Partial<HistoryFilters>) => go(pathWith(id, { ...filters, ...change, page: 1 }))
  const preset = Object.keys(PRESETS).find((name) => PRESETS[name]?.join() === filters.status.join()) ?? ''
  return (
    <header className="filter-bar">
      <div className="row">
        <FreeFilter onSet={(filter) => set({ filter })} value={filters.filter} />
        <Segmented
          choices={Object.keys(PRESETS).map((name) => ({ value: name, label: name }))}
          label="Status"
          onChange={(name) => set({ status: PRESETS[name] ?? [] })}
          value={preset}
        />
        <FilterPanel filters={filters} onSet={set} />
      </div>
      {isFiltered(filters) && <Chips filters={filters} isPreset={preset !== ''} onSet={set} />}
    </header>
  )
}

interface FreeFilterProps {
  readonly value: string
  readonly onSet: (text: string) => void
}

function FreeFilter({ value, onSet }: FreeFilterProps) {
  const [text, setText] = useState(value)
  const errorId = useId()
  useEffect(() => setText(value), [value])
  const error = freeFilterError(text)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (error === undefined) onSet(text.trim())
  }
  return (
    <form className="search" onSubmit={submit}>
      <Icon name="search" size={14} />
      <input
        aria-describedby={error === undefined ? undefined : errorId}
        aria-invalid={error === undefined ? undefined : true}
        aria-label="Filter by fields, as in parameters.cmd:date"
        className="input"
        data-test="filter"
        onBlur={submit}
        onChange={(event) => setText(event.target.value)}
        placeholder="parameters.cmd:date"
        type="search"
        value={text}
      />
      {error !== undefined && (
        <p className="sr-only" id={errorId} role="status">
          {error}
        </p>
      )}
    </form>
  )
}

interface PanelProps {
  readonly filters: HistoryFilters
  readonly onSet: (change: Partial<HistoryFilters>) => void
}

function FilterPanel({ filters, onSet }: PanelProps) {
  return (
    <Popup
      className="filter-panel"
      kind="dialog"
      label="Filters"
      trigger={<Button aria-label="More filters" aria-pressed={isFiltered(filters)} icon="filter" />}
    >
      {(close) => (
        <PanelForm
          filters={filters}
          onSet={(change) => {
            close()
            onSet(change)
          }}
        />
      )}
    </Popup>
  )
}

function PanelForm({ filters, onSet }: PanelProps) {
  const [draft, setDraft] = useState(filters)
  const zone = usePreferences((state) => state.zone)
  const values = useQuery(executionFilterValues())
  const listId = useId()
  const change = (part: Partial<HistoryFilters>) => setDraft((before) => ({ ...before, ...part }))
  const flip = (status: ExecutionStatus) =>
    change({
      status: draft.status.includes(status) ? draft.status.filter((one) => one !== status) : [...draft.status, status],
    })

  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        onSet(draft)
      }}
    >
      <fieldset>
        <legend className="field-label">Status</legend>
        <div className="status-grid">
          {EXECUTION_STATUSES.map((status) => (
            <label className="check" key={status}>
              <input checked={draft.status.includes(status)} onChange={() => flip(status)} type="checkbox" />
              <Icon
                className={`tone-${STATUS_LOOKS[status].tone} status-mark`}
                name={STATUS_LOOKS[status].icon}
                size={13}
              />
              {status}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="filter-grid">
        {NAMED_FILTERS.map((name) => (
          <Field key={name} label={NAMES[name]}>
            {(control) => (
              <>
                <input
                  {...control}
                  className="input"
                  list={`${listId}-${name}`}
                  onChange={(event) => change({ [name]: event.target.value.trim() })}
                  placeholder="any"
                  value={draft[name]}
                />
                <datalist id={`${listId}-${name}`}>
                  {(values.data?.[name] ?? []).filter(Boolean).map((value) => (
                    <option key={value} value={value} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
        ))}
        <Field label="Started within">
          {(control) => (
            <select
              {...control}
              className="input"
              onChange={(event) => change({ last: event.target.value, timestamp_gt: '' })}
              value={draft.last}
            >
              <option value="">any time</option>
              {Object.keys(RELATIVE_RANGES).map((name) => (
                <option key={name} value={name}>
                  the last {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <span />
        <TimeField
          label="From"
          onChange={(iso) => change({ timestamp_gt: iso, last: '' })}
          value={draft.timestamp_gt}
          zone={zone}
        />
        <TimeField
          label="To"
          onChange={(iso) => change({ timestamp_lt: iso })}
          value={draft.timestamp_lt}
          zone={zone}
        />
      </div>
      <div className="row">
        <Button look="primary" type="submit">
          Apply
        </Button>
        <Button look="plain" onClick={() => onSet(NO_FILTERS)}>
          Clear all
        </Button>
      </div>
    </form>
  )
}

interface ChipsProps {
  readonly filters: HistoryFilters
  readonly isPreset: boolean
  readonly onSet: (change: Partial<HistoryFilters>) => void
}

function Chips({ filters, isPreset, onSet }: ChipsProps) {
  const zone = usePreferences((state) => state.zone)
  const chips: readonly { readonly key: keyof HistoryFilters; readonly text: string }[] = [
    ...(filters.status.length > 0 && !isPreset ? [{ key: 'status' as const, text: filters.status.join(', ') }] : []),
    ...NAMED_FILTERS.flatMap((key) =>
      filters[key] === '' ? [] : [{ key, text: `${NAMES[key].toLowerCase()}: ${filters[key]}` }],
    ),
    ...(filters.last === '' ? [] : [{ key: 'last' as const, text: `last ${filters.last}` }]),
    ...(filters.timestamp_gt === ''
      ? []
      : [{ key: 'timestamp_gt' as const, text: `from ${formatInstant(filters.timestamp_gt, zone)}` }]),
    ...(filters.timestamp_lt === ''
      ? []
      : [{ key: 'timestamp_lt' as const, text: `to ${formatInstant(filters.timestamp_lt, zone)}` }]),
  ]
  if (chips.length === 0) return null
  return (
    <ul aria-label="Active filters" className="chips">
      {chips.map(({ key, text }) => (
        <li key={key}>
          <button
            aria-label={`Remove the filter ${text}`}
            className="chip"
            onClick={() => onSet({ [key]: NO_FILTERS[key] })}
            type="button"
          >
            {text}
            <Icon name="cross" size={11} />
          </button>
        </li>
      ))}
    </ul>
  )
}
