import { EXECUTION_STATUSES, type ExecutionStatus } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { freeFilterError, type HistoryFilters, isFiltered, NO_FILTERS } from '../../api/execution-filters.ts'
import { executionFilterValues } from '../../api/executions.ts'
import { type FilterChip, FilterChips } from '../../ui/FilterChips.tsx'
import { type FilterFieldsProps, FilterPanel } from '../../ui/FilterPanel.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { STATUS_LOOKS } from '../../ui/StatusBadge.tsx'
import { SuggestField } from '../../ui/SuggestField.tsx'
import type { Zone } from '../../ui/time.ts'
import { timeRangeChips } from '../../widgets/time-range-chips.ts'
import { TimeRangeFields } from '../../widgets/TimeRangeFields.tsx'

interface FilterBarProps {
  readonly filters: HistoryFilters
  readonly onChange: (filters: HistoryFilters) => void
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

export function FilterBar({ filters, onChange }: FilterBarProps) {
  const zone = usePreferences((state) => state.zone)
  const set = (change: Partial<HistoryFilters>) => onChange({ ...filters, ...change, page: 1 })
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
        <FilterPanel filters={filters} isFiltered={isFiltered(filters)} none={NO_FILTERS} onSet={set}>
          {(fields) => <Fields {...fields} />}
        </FilterPanel>
      </div>
      <FilterChips
        chips={chipsOf(filters, preset !== '', zone)}
        onRemove={(name) => set({ [name]: NO_FILTERS[name] })}
      />
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

function Fields({ draft, change }: FilterFieldsProps<HistoryFilters>) {
  const values = useQuery(executionFilterValues()).data
  const flip = (status: ExecutionStatus) =>
    change({
      status: draft.status.includes(status) ? draft.status.filter((one) => one !== status) : [...draft.status, status],
    })
  return (
    <>
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
          <SuggestField
            key={name}
            label={NAMES[name]}
            onChange={(text) => change({ [name]: text })}
            value={draft[name]}
            values={(values?.[name] ?? []).filter(Boolean)}
          />
        ))}
        <TimeRangeFields label="Started within" onChange={change} range={draft} />
      </div>
    </>
  )
}

function chipsOf(filters: HistoryFilters, isPreset: boolean, zone: Zone): FilterChip<keyof HistoryFilters>[] {
  return [
    ...(filters.status.length > 0 && !isPreset ? [{ name: 'status' as const, text: filters.status.join(', ') }] : []),
    ...NAMED_FILTERS.filter((name) => filters[name] !== '').map((name) => ({
      name,
      text: `${NAMES[name].toLowerCase()}: ${filters[name]}`,
    })),
    ...timeRangeChips(filters, zone),
  ]
}
