import { useSyncExternalStore } from 'react'

/** ms; short, so that a second that begins between two ticks is not shown late. */
const TICK_MS = 250
let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** The time, one clock for the whole page, stopped while nobody looks. */
export function useNow(ticking: boolean): number {
  return useSyncExternalStore(ticking ? subscribe : neverChanges, () => now)
}

/** What is said of the time. Whoever shows it is drawn again only when the words change. */
export function useNowText(ticking: boolean, words: (now: number) => string): string {
  return useSyncExternalStore(ticking ? subscribe : neverChanges, () => words(now))
}

function neverChanges(): () => void {
  return () => undefined
}

function subscribe(listener: () => void): () => void {
  // Whoever starts to look is told the time, not the last tick.
  now = Date.now()
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const notify of listeners) notify()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
