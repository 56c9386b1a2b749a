import { RELATIVE_RANGES, type TimeRange } from '../api/time-range.ts'
import { Field } from '../ui/Field.tsx'
import { usePreferences } from '../ui/preferences.ts'
import { TimeField } from '../ui/TimeField.tsx'

interface TimeRangeFieldsProps {
  /** Of the relative range: `Started within`. */
  readonly label: string
  readonly range: TimeRange
  readonly onChange: (part: Partial<TimeRange>) => void
}

/** A relative range, or two instants: one takes the place of the other's lower bound. */
export function TimeRangeFields({ label, range, onChange }: TimeRangeFieldsProps) {
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
            {Object.keys(RELATIVE_RANGES).map((name) => (
              <option key={name} value={name}>
                the last {name}
              </option>
            ))}
          </select>
        )}
      </Field>
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
