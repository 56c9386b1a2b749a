import { useNowText } from './now.ts'
import { usePreferences } from './preferences.ts'
import { formatClock, formatInstant, formatRelative } from './time.ts'

interface TimeStampProps {
  readonly iso: string
  /** `beside`: whatever `instant` does not say now. */
  readonly form: 'instant' | 'clock' | 'beside'
  readonly testId?: string
}

/** An instant in the chosen zone, exact or relative as it was chosen; the other form is one hover away. */
export function TimeStamp({ iso, form, testId }: TimeStampProps) {
  const zone = usePreferences((state) => state.zone)
  const times = usePreferences((state) => state.times)
  const isRelative = (times === 'relative') !== (form === 'beside')
  const exact = formatInstant(iso, zone)
  const relative = useNowText(isRelative, (now) => formatRelative(iso, now))
  const text = isRelative ? relative : form === 'clock' ? formatClock(iso, zone) : exact
  return (
    <time className="tabular" data-test={testId} dateTime={iso} title={isRelative ? exact : relative}>
      {text}
    </time>
  )
}
