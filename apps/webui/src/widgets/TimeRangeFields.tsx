import type { ReactNode } from 'react'
import { describeRange, isRelativeRange, RELATIVE_RANGES, type TimeRange } from '../api/time-range.ts'
import { Field } from '../ui/Field.tsx'
import { usePreferences } from '../ui/preferences.ts'
import { TimeField } from '../ui/TimeField.tsx'

interface TimeRangeFieldsProps {
  /** Of the relative range: `Started within`. */
  readonly label: string
  readonly range: TimeRange
  readonly onChange: (part: Partial<TimeRange>) => void
  /** In the cell beside the relative range. */
  readonly beside?: ReactNode
}

/** A relative range, or two instants: one takes the place of the other's lower bound. */
export function TimeRangeFields({ label, range, onChange, beside }: TimeRangeFieldsProps) {
  const zone = usePreferences((state) => state.zone)
  return (
    <>
      <Field label={label}>
        {(control) => (
          <select
            {...control}
            className="input"
            onChange={(event) => onChange({ last: event.target.value, timestamp_gt: '' })}
            value={range.last}
          >
            <option value="">any time</option>
            {rangesWith(range.last).map((name) => (
              <option key={name} value={name}>
                {describeRange(name)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {beside}
      <div className="filter-grid filter-whole">
        <TimeField
          label="From"
          onChange={(iso) => onChange({ timestamp_gt: iso, last: '' })}
          value={range.timestamp_gt}
          zone={zone}
        />
        <TimeField
          label="To"
          onChange={(iso) => onChange({ timestamp_lt: iso })}
          value={range.timestamp_lt}
          zone={zone}
        />
      </div>
    </>
  )
}

/** An address may hold another range than those that are offered. */
function rangesWith(name: string): readonly string[] {
  const isOffered = RELATIVE_RANGES.some((range) => range === name)
  return isOffered || !isRelativeRange(name) ? RELATIVE_RANGES : [...RELATIVE_RANGES, name]
}
