import type { Clock, Timer } from '../../ports/clock.ts'

/** The longest delay of a timer of Node, ms; a longer wait is several of them. */
const LONGEST_DELAY_MS = 2 ** 31 - 1

/** How far the fine clock may be from the machine's time before it is set anew, ms. */
const LARGEST_DRIFT_MS = 5

/** The machine's time. */
export function systemClock(): Clock {
  let origin = performance.timeOrigin
  let lastMicroseconds = 0
  return {
    now: () => Date.now(),
    timestamp: () => {
      const coarse = Date.now()
      const elapsed = performance.now()
      // NOTE: the fine clock does not follow when the machine's time is set; the coarse one does.
      if (Math.abs(origin + elapsed - coarse) > LARGEST_DRIFT_MS) origin = coarse - elapsed
      lastMicroseconds = Math.max(Math.floor((origin + elapsed) * 1_000), lastMicroseconds + 1)
      return formatted(lastMicroseconds)
    },
    monotonic: () => performance.now(),
    after: (ms, call) => startTimer(Math.max(0, ms), call),
  }
}

function formatted(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1_000)
  const rest = String(microseconds % 1_000).padStart(3, '0')
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`
}

function startTimer(ms: number, call: () => void): Timer {
  const deadline = performance.now() + ms
  let handle: NodeJS.Timeout
  const wait = (): void => {
    const left = deadline - performance.now()
    handle = setTimeout(left > LONGEST_DELAY_MS ? wait : call, Math.max(0, Math.min(left, LONGEST_DELAY_MS)))
    handle.unref()
  }
  wait()
  return { cancel: () => clearTimeout(handle) }
}
