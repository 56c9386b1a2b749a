import type { Span } from './phases.ts'

export interface Tick {
  /** ms since 1970. */
  readonly at: number
  /** Since the start of the run. */
  readonly seconds: number
}

const STEPS_S = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
  14_400, 28_800, 86_400, 604_800,
]

/** Round times in a window, about as many as asked for. Pure. */
export function ticksOf(origin: number, { start, end }: Span, about: number): Tick[] {
  const wanted = (end - start) / 1000 / Math.max(1, about)
  const step = (STEPS_S.find((one) => one >= wanted) ?? STEPS_S.at(-1) ?? 1) * 1000
  const ticks: Tick[] = []
  for (let index = Math.ceil((start - origin) / step); origin + index * step <= end; index += 1)
    ticks.push({ at: origin + index * step, seconds: (index * step) / 1000 })
  return ticks
}

/** Closer or further, around a share of the window; never beyond the whole, never closer than a millisecond. Pure. */
export function zoomed(window: Span, whole: Span, factor: number, around = 0.5): Span {
  const length = Math.min(whole.end - whole.start, Math.max(1, (window.end - window.start) / factor))
  const middle = window.start + (window.end - window.start) * around
  return within({ start: middle - length * around, end: middle + length * (1 - around) }, whole)
}

/** Earlier or later by a share of the window. Pure. */
export function panned(window: Span, whole: Span, share: number): Span {
  const by = (window.end - window.start) * share
  return within({ start: window.start + by, end: window.end + by }, whole)
}

function within({ start, end }: Span, whole: Span): Span {
  const length = end - start
  const from = Math.max(whole.start, Math.min(start, whole.end - length))
  return { start: from, end: from + length }
}

/** Percent from the left, and wide; null: not in the window. Pure. */
export function placeIn(window: Span, { start, end }: Span): { readonly left: number; readonly width: number } | null {
  const length = Math.max(1, window.end - window.start)
  const from = Math.max(start, window.start)
  const to = Math.min(end, window.end)
  if (to < from) return null
  return { left: ((from - window.start) / length) * 100, width: ((to - from) / length) * 100 }
}
