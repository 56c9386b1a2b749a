import { percentile } from './statistics.ts'
import type { Span, Trace } from './trace.ts'

/** ms on the processor, and with what else the machine did. */
export interface Cost {
  readonly cpu: number
  readonly wall: number
}

/** ms; a frame that came later has had more than one frame's time. */
const FRAME_MS = 1000 / 60
/** ms of scripting below which nothing happened in a frame. */
const IDLE_MS = 0.05

/** Scripting in each frame in which there was any. */
export function scriptingPerFrame({ frames, scripts, from, to }: Trace): Cost[] {
  const begins = frameBegins([from, ...frames, to])
  const costs = begins.map(() => ({ cpu: 0, wall: 0 }))
  let frame = 0
  for (const { at, cpu, wall } of scripts) {
    while (frame + 1 < begins.length && (begins[frame + 1] ?? 0) <= at) frame++
    const cost = costs[frame]
    if (cost === undefined) continue
    cost.cpu += cpu
    cost.wall += wall
  }
  return costs.filter(({ cpu }) => cpu >= IDLE_MS)
}

/** @param share that costs no more: 0.95 */
export function costAt(share: number, costs: readonly Cost[], of: keyof Cost = 'cpu'): number {
  return percentile(
    costs.map((cost) => cost[of]),
    share,
  )
}

export function longestTask({ tasks }: Trace): Cost {
  return { cpu: Math.max(0, ...tasks.map(({ cpu }) => cpu)), wall: Math.max(0, ...tasks.map(({ wall }) => wall)) }
}

/** All that the main thread does from a key until the frame that shows what it did has been handed on. */
export function workPerKey({ keys, frames, tasks }: Trace): Cost[] {
  return keys.map((key) => {
    const shown = frames.find((frame) => frame > key) ?? key
    const until = tasks.find((task) => task.at <= shown && shown <= task.at + task.wall)
    return sum(tasks.filter((task) => task.at + task.wall > key && task.at <= (until?.at ?? shown)))
  })
}

/** All that the main thread does between a key and the next one. */
export function workBetweenKeys({ keys, tasks, to }: Trace): Cost[] {
  return keys.map((key, index) => {
    const next = keys[index + 1] ?? to
    return sum(tasks.filter(({ at, wall }) => at + wall > key && at + wall <= next))
  })
}

/** Where no frame was drawn for a while, time is cut as if there had been some. */
function frameBegins(known: readonly number[]): number[] {
  return known.flatMap((begin, index) => {
    const next = known[index + 1] ?? begin
    return Array.from({ length: Math.max(1, Math.round((next - begin) / FRAME_MS)) }, (_, at) => begin + at * FRAME_MS)
  })
}

function sum(spans: readonly Span[]): Cost {
  return spans.reduce((all, { cpu, wall }) => ({ cpu: all.cpu + cpu, wall: all.wall + wall }), { cpu: 0, wall: 0 })
}
