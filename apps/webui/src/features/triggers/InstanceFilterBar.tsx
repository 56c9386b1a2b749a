import { TRIGGER_INSTANCE_STATUSES } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { type InstanceFilters, isInstanceFiltered, NO_INSTANCE_FILTERS } from '../../api/instance-filters.ts'
import { triggerList, triggerTypeList } from '../../api/triggers.ts'
import { Field } from '../../ui/Field.tsx'
import { type FilterChip, FilterChips } from '../../ui/FilterChips.tsx'
import { type FilterFieldsProps, FilterPanel } from '../../ui/FilterPanel.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { SuggestField } from '../../ui/SuggestField.tsx'
import { describeTrigger } from '../../widgets/rules/describe-trigger.ts'
import { INSTANCE_LOOKS } from '../../widgets/rules/InstanceBadge.tsx'
import { timeRangeChips } from '../../widgets/time-range-chips.ts'
import { TimeRangeFields } from '../../widgets/TimeRangeFields.tsx'
import { useTriggerName } from './use-trigger-name.ts'

interface InstanceFilterBarProps {
  readonly filters: InstanceFilters
  readonly onChange: (filters: InstanceFilters) => void
}

const STATUSES = [
  { value: '', label: 'All' },
  ...TRIGGER_INSTANCE_STATUSES.filter((status) => status !== 'processing').map((status) => ({
    value: status,
    label: INSTANCE_LOOKS[status].text,
  })),
] as const

export function InstanceFilterBar({ filters, onChange }: InstanceFilterBarProps) {
  const chips = useChips(filters)
  const set = (change: Partial<InstanceFilters>) => onChange({ ...filters, ...change, page: 1 })
  return (
    <header className="filter-bar">
      <div className="row">
        <div className="grow">
          <Segmented choices={STATUSES} label="Status" onChange={(status) => set({ status })} value={filters.status} />
        </div>
        <FilterPanel filters={filters} isFiltered={isInstanceFiltered(filters)} none={NO_INSTANCE_FILTERS} onSet={set}>
          {(fields) => <Fields {...fields} />}
        </FilterPanel>
      </div>
      <FilterChips chips={chips} onRemove={(name) => set({ [name]: NO_INSTANCE_FILTERS[name] })} />
    </header>
  )
}

function Fields({ draft, change }: FilterFieldsProps<InstanceFilters>) {
  const types = useQuery(triggerTypeList()).data
  const triggers = useQuery(triggerList()).data
  return (
    <>
      <SuggestField
        label="Trigger type"
        onChange={(type) => change({ trigger_type: type })}
        value={draft.trigger_type}
        values={(types ?? []).map(({ ref }) => ref)}
      />
      <Field label="Trigger">
        {(control) => (
          <select
            {...control}
            className="input"
            onChange={(event) => change({ trigger: event.target.value })}
            value={draft.trigger}
          >
            <option value="">any</option>
            {draft.trigger !== '' && triggers?.has(draft.trigger) !== true && (
              <option value={draft.trigger}>{draft.trigger}</option>
            )}
            {[...(triggers?.values() ?? [])].map(({ ref, type, parameters }) => (
              <option key={ref} value={ref}>
                {describeTrigger(type, parameters).name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="filter-grid">
        <Field label="Status">
          {(control) => (
            <select
              {...control}
              className="input"
              onChange={(event) =>
                change({ status: TRIGGER_INSTANCE_STATUSES.find((status) => status === event.target.value) ?? '' })
              }
              value={draft.status}
            >
              <option value="">any</option>
              {TRIGGER_INSTANCE_STATUSES.map((status) => (
                <option key={status} value={status}>
                  {status.replace('_', ' ')}
                </option>
              ))}
            </select>
          )}
        </Field>
        <TimeRangeFields label="Happened within" onChange={change} range={draft} />
      </div>
    </>
  )
}

function useChips(filters: InstanceFilters): FilterChip<keyof InstanceFilters>[] {
  const zone = usePreferences((state) => state.zone)
  const triggerName = useTriggerName(filters.trigger) ?? `trigger: ${filters.trigger}`
  const isAtHand = STATUSES.some(({ value }) => value === filters.status)
  return [
    ...(filters.trigger_type === '' ? [] : [{ name: 'trigger_type' as const, text: `type: ${filters.trigger_type}` }]),
    ...(filters.trigger === '' ? [] : [{ name: 'trigger' as const, text: triggerName }]),
    ...(isAtHand ? [] : [{ name: 'status' as const, text: filters.status }]),
    ...timeRangeChips(filters, zone),
  ]
}
