import { EXECUTION_STATUSES, type ExecutionStatus } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { type HistoryFilters, isFiltered, NO_FILTERS, VALUE_FILTERS } from '../../api/execution-filters.ts'
import { executionFilterValues } from '../../api/executions.ts'
import { Field } from '../../ui/Field.tsx'
import { FilterChips } from '../../ui/FilterChips.tsx'
import { type FilterFieldsProps, FilterPanel } from '../../ui/FilterPanel.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { STATUS_LOOKS } from '../../ui/StatusBadge.tsx'
import { ValuesField } from '../../ui/ValuesField.tsx'
import { TimeRangeFields } from '../../widgets/TimeRangeFields.tsx'
import { ChooseButton } from './bulk/ChooseButton.tsx'
import { chipsOf, FILTER_TITLES } from './filter-chips.ts'
import { FilterSearch } from './FilterSearch.tsx'
import { SavedFilters } from './SavedFilters.tsx'

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

/** Filters that can be `null`: not everything was asked for by a rule. */
const MAY_BE_NONE: readonly string[] = ['rule', 'trigger', 'trigger_type']

export function FilterBar({ filters, onChange }: FilterBarProps) {
  const zone = usePreferences((state) => state.zone)
  const set = (change: Partial<HistoryFilters>) => onChange({ ...filters, ...change, page: 1 })
  const preset = Object.keys(PRESETS).find((name) => PRESETS[name]?.join() === filters.status.join()) ?? ''
  const chips = chipsOf(preset === '' ? filters : { ...filters, status: [] }, zone)
  return (
    <header className="filter-bar">
      <div className="row">
        <FilterSearch filters={filters} onChange={onChange} />
        <Segmented
          choices={Object.keys(PRESETS).map((name) => ({ value: name, label: name }))}
          label="Status"
          onChange={(name) => set({ status: PRESETS[name] ?? [] })}
          value={preset}
        />
        <FilterPanel filters={filters} isFiltered={isFiltered(filters)} none={NO_FILTERS} onSet={set}>
          {(fields) => <Fields {...fields} />}
        </FilterPanel>
        <SavedFilters filters={filters} />
        <ChooseButton />
      </div>
      <FilterChips
        chips={chips}
        onRemove={(removed) => set(chips.find(({ name }) => name === removed)?.without ?? {})}
      />
    </header>
  )
}

function Fields({ draft, change }: FilterFieldsProps<HistoryFilters>) {
  const known = useQuery(executionFilterValues()).data
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
        {VALUE_FILTERS.filter((name) => name !== 'id' && name !== 'trace_tag').map((name) => (
          <ValuesField
            key={name}
            known={[...(known?.[name] ?? []), ...(MAY_BE_NONE.includes(name) ? ['null'] : [])].filter(Boolean)}
            label={FILTER_TITLES[name]}
            onChange={(values) => change({ [name]: values })}
            values={draft[name]}
          />
        ))}
        <TimeRangeFields
          beside={
            <Field label="Order">
              {(control) => (
                <select
                  {...control}
                  className="input"
                  onChange={({ target }) => change({ sort: target.value === 'oldest' ? 'oldest' : '' })}
                  value={draft.sort}
                >
                  <option value="">newest first</option>
                  <option value="oldest">oldest first</option>
                </select>
              )}
            </Field>
          }
          label="Started within"
          onChange={change}
          range={draft}
        />
      </div>
    </>
  )
}
