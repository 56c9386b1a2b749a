import { createContext } from 'react'
import type { Span } from '../../../widgets/run/phases.ts'

/** The part of time that is shown, and the time it is: lines that are in sight follow it, the others need not. */
export const TimelineWindow = createContext<{ readonly window: Span; readonly now: number }>({
  window: { start: 0, end: 1 },
  now: 0,
})
