import { useNow } from './now.ts'
import { formatDuration, formatRunning } from './time.ts'

/** How long something took; without an end, how long it has taken until now. */
export function Lasted({ start, end }: { readonly start: number; readonly end: number | null }) {
  const now = useNow(end === null)
  const text = end === null ? formatRunning((now - start) / 1000) : formatDuration((end - start) / 1000)
  return <span className="tabular">{text}</span>
}
