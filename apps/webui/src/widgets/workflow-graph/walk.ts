import type { Point } from './layout.ts'

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** Which way an arrow points. */
const ARROWS: Readonly<Record<Arrow, Point>> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
}

/** How much worse it is to be beside the arrow than to be far away in its direction. */
const SIDEWAYS = 2

export function isArrow(key: string): key is Arrow {
  return key in ARROWS
}

/** The nearest box in the direction of the arrow; null at the edge. Pure. */
export function neighbour(boxes: ReadonlyMap<string, Box>, from: string, arrow: Arrow): string | null {
  const start = boxes.get(from)
  if (start === undefined) return boxes.keys().next().value ?? null
  const way = ARROWS[arrow]
  let best: string | null = null
  let bestCost = Number.POSITIVE_INFINITY
  for (const [id, box] of boxes) {
    const dx = box.x + box.width / 2 - (start.x + start.width / 2)
    const dy = box.y + box.height / 2 - (start.y + start.height / 2)
    const ahead = dx * way.x + dy * way.y
    if (id === from || ahead <= 1) continue
    const cost = ahead + SIDEWAYS * Math.abs(dx * way.y - dy * way.x)
    if (cost >= bestCost) continue
    best = id
    bestCost = cost
  }
  return best
}
