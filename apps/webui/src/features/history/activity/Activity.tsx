import './activity.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { describeRange } from '../../../api/time-range.ts'
import type { HistoryFilters } from '../../../api/execution-filters.ts'
import { executionStatistics } from '../../../api/execution-statistics.ts'
import { messageOf } from '../../../api/problem.ts'
import { Button } from '../../../ui/Button.tsx'
import { useNowText } from '../../../ui/now.ts'
import { setPreference, usePreferences } from '../../../ui/preferences.ts'
import { type ActivityRange, activityRange, barsOf, type Bar, sumOf, wordsOf } from './activity-model.ts'
import { ActivityBars } from './ActivityBars.tsx'
import { barTitle } from './bar-title.ts'

interface ActivityProps {
  readonly filters: HistoryFilters
  readonly onChange: (filters: HistoryFilters) => void
}

/** When the executions that match started and what became of them; a bar leads to its own. */
export function Activity({ filters, onChange }: ActivityProps) {
  const isShown = usePreferences(({ activity }) => activity)
  return (
    <section aria-label="Activity" className="activity" data-test="activity">
      {isCountable(filters) ? (
        <Shown filters={filters} isShown={isShown} onChange={onChange} />
      ) : (
        <p className="activity-head muted">
          What is searched for by words or by a free filter is not counted over time.
        </p>
      )}
    </section>
  )
}

/** What these find is found by looking through executions, not by an index. */
function isCountable({ q, filter }: HistoryFilters): boolean {
  return q === '' && filter === ''
}

function Shown({ filters, onChange, isShown }: ActivityProps & { readonly isShown: boolean }) {
  const rangeText = useNowText(isShown, (now) => JSON.stringify(activityRange(filters, now)))
  const range = useMemo((): ActivityRange => JSON.parse(rangeText), [rangeText])
  const { data, error } = useQuery({
    ...executionStatistics(filters, range.since, range.interval),
    enabled: isShown,
    placeholderData: keepPreviousData,
  })
  const bars = useMemo(() => barsOf(data ?? { groups: [] }, range), [data, range])
  const [marked, setMarked] = useState<number | null>(null)
  const zone = usePreferences((state) => state.zone)
  const bar = marked === null ? undefined : bars[marked]
  const some = data?.is_complete === false ? ` (the newest ${data.counted.toLocaleString('en')})` : ''
  const words =
    bar === undefined
      ? `${periodOf(filters)}: ${data === undefined ? '…' : wordsOf(sumOf(bars))}${some}`
      : `${barTitle(bar, zone)}: ${wordsOf(bar.counts)}`
  const choose = ({ fromMs, toMs }: Bar) => {
    const timestamp_gt = new Date(fromMs).toISOString()
    const timestamp_lt = new Date(toMs - 1).toISOString()
    // The shortest of bars is already all that is shown.
    if (timestamp_gt === filters.timestamp_gt && timestamp_lt === filters.timestamp_lt) return
    onChange({ ...filters, page: 1, last: '', timestamp_gt, timestamp_lt })
  }
  return (
    <>
      <div className="activity-head">
        <span className="activity-words tabular">
          {!isShown ? 'Activity' : error === null ? words : `The activity could not be counted: ${messageOf(error)}`}
        </span>
        <Button
          aria-expanded={isShown}
          data-test="activity_toggle"
          aria-label={isShown ? 'Hide the activity' : 'Show the activity'}
          className="activity-toggle"
          icon="down"
          look="plain"
          onClick={() => setPreference('activity', !isShown)}
          size="s"
        />
      </div>
      {isShown && <ActivityBars bars={bars} onChoose={choose} onMark={setMarked} zone={zone} />}
    </>
  )
}

function periodOf({ last, timestamp_gt, timestamp_lt }: HistoryFilters): string {
  if (last !== '') return describeRange(last).replace(/^l/, 'L')
  return timestamp_gt === '' && timestamp_lt === '' ? 'Last 24 hours' : 'Within these times'
}
