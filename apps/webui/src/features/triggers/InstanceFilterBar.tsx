import { TRIGGER_INSTANCE_STATUSES } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { RELATIVE_RANGES } from '../../api/execution-filters.ts'
import { type InstanceFilters, isInstanceFiltered, NO_INSTANCE_FILTERS } from '../../api/instance-filters.ts'
import { triggerList, triggerTypeList } from '../../api/triggers.ts'
import { paths } from '../../paths.ts'
import { useGo } from '../../shell/AppLink.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Popup } from '../../ui/Popup.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { TimeField } from '../../ui/TimeField.tsx'
import { formatInstant } from '../../ui/time.ts'
import { describeTrigger } from '../../widgets/rules/describe-trigger.ts'
import { INSTANCE_LOOKS } from '../../widgets/rules/InstanceBadge.tsx'

interface InstanceFilterBarProps {
  readonly filters: InstanceFilters
  readonly id: string | undefined
}

const STATUSES = [
  { value: '', label: 'All' },
  ...TRIGGER_INSTANCE_STATUSES.filter((status) => status !== 'processing').map((status) => ({
    value: status,
    label: INSTANCE_LOOKS[status].text,
  })),
] as const

export function InstanceFilterBar({ filters, id }: InstanceFilterBarProps) {
  const go = useGo()
  const set = (change: Partial<InstanceFilters>) => {
    const next = { ...filters, ...change, page: 1 }
    go(id === undefined ? paths.instances(next) : paths.instance(id, next))
  }
  return (
    <header className="filter-bar">
      <div className="row">
        <div className="grow">
          <Segmented choices={STATUSES} label="Status" onChange={(status) => set({ status })} value={filters.status} />
        </div>
        <Popup
          className="filter-panel"
          kind="dialog"
          label="Filters"
          trigger={<Button aria-label="More filters" aria-pressed={isInstanceFiltered(filters)} icon="filter" />}
        >
          {(close) => (
            <PanelForm
              filters={filters}
              onSet={(change) => {
                close()
                set(change)
              }}
            />
          )}
        </Popup>
      </div>
      <Chips filters={filters} onSet={set} />
    </header>
  )
}

interface PanelProps {
  readonly filters: InstanceFilters
  readonly onSet: (change: Partial<InstanceFilters>) => void
}

function PanelForm({ filters, onSet }: PanelProps) {
  const [draft, setDraft] = useState(filters)
  const zone = usePreferences((state) => state.zone)
  const types = useQuery(triggerTypeList()).data
  const triggers = useQuery(triggerList()).data
  const listId = useId()
  const change = (part: Partial<InstanceFilters>) => setDraft((before) => ({ ...before, ...part }))
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        onSet(draft)
      }}
    >
      <Field label="Trigger type">
        {(control) => (
          <>
            <input
              {...control}
              className="input"
              list={`${listId}-types`}
              onChange={(event) => change({ trigger_type: event.target.value.trim() })}
              placeholder="any"
              value={draft.trigger_type}
            />
            <datalist id={`${listId}-types`}>
              {types?.map(({ ref }) => (
                <option key={ref} value={ref} />
              ))}
            </datalist>
          </>
        )}
      </Field>
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
        <Field label="Happened within">
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
        <Button look="plain" onClick={() => onSet(NO_INSTANCE_FILTERS)}>
          Clear all
        </Button>
      </div>
    </form>
  )
}

function Chips({ filters, onSet }: PanelProps) {
  const zone = usePreferences((state) => state.zone)
  const trigger = useQuery(triggerList()).data?.get(filters.trigger)
  const texts: Readonly<Partial<Record<keyof InstanceFilters, string>>> = {
    trigger_type: `type: ${filters.trigger_type}`,
    trigger:
      trigger === undefined ? `trigger: ${filters.trigger}` : describeTrigger(trigger.type, trigger.parameters).name,
    ...(STATUSES.some(({ value }) => value === filters.status) ? {} : { status: filters.status }),
    last: `last ${filters.last}`,
    timestamp_gt: filters.timestamp_gt === '' ? '' : `from ${formatInstant(filters.timestamp_gt, zone)}`,
    timestamp_lt: filters.timestamp_lt === '' ? '' : `to ${formatInstant(filters.timestamp_lt, zone)}`,
  }
  const chips = (Object.keys(texts) as (keyof InstanceFilters)[]).filter((key) => filters[key] !== '')
  if (chips.length === 0) return null
  return (
    <ul aria-label="Active filters" className="chips">
      {chips.map((key) => (
        <li key={key}>
          <button
            aria-label={`Remove the filter ${texts[key]}`}
            className="chip"
            onClick={() => onSet({ [key]: NO_INSTANCE_FILTERS[key] })}
            type="button"
          >
            <span className="truncate">{texts[key]}</span>
            <Icon name="cross" size={11} />
          </button>
        </li>
      ))}
    </ul>
  )
}
