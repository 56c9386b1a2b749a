import { useNow } from './now.ts'
import { usePreferences } from './preferences.ts'
import { formatClock, formatInstant, formatRelative } from './time.ts'

interface TimeStampProps {
  readonly iso: string
  readonly form: 'instant' | 'clock' | 'relative'
  readonly testId?: string
}

/** An instant in the chosen zone; the other form is one hover away. */
export function TimeStamp({ iso, form, testId }: TimeStampProps) {
  const zone = usePreferences((state) => state.zone)
  const now = useNow(form === 'relative')
  const exact = formatInstant(iso, zone)
  const relative = formatRelative(iso, now)
  const text = form === 'instant' ? exact : form === 'clock' ? formatClock(iso, zone) : relative
  return (
    <time className="tabular" data-test={testId} dateTime={iso} title={form === 'instant' ? relative : exact}>
      {text}
    </time>
  )
}
