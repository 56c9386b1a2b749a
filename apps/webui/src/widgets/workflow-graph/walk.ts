import type { Direction, Point } from './layout-shape.ts'

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

/** Arrows that go with the lines of a picture, and against them. */
const WITH: Readonly<Record<Direction, readonly [ahead: Arrow, back: Arrow]>> = {
  down: ['ArrowDown', 'ArrowUp'],
  right: ['ArrowRight', 'ArrowLeft'],
}

/**
 * The nearest box that a line leads to, or comes from, where the arrow goes along the lines; null where there is none in
 * that direction. Pure.
 */
export function linked(
  boxes: ReadonlyMap<string, Box>,
  edges: readonly { readonly source: string; readonly target: string }[],
  from: string,
  arrow: Arrow,
  direction: Direction,
): string | null {
  const [ahead, back] = WITH[direction]
  if (arrow !== ahead && arrow !== back) return null
  const found = edges.flatMap(({ source, target }) => {
    const [here, there] = arrow === ahead ? [source, target] : [target, source]
    const box = boxes.get(there)
    return here === from && box !== undefined ? [[there, box] as const] : []
  })
  const start = boxes.get(from)
  return start === undefined ? null : neighbour(new Map([[from, start], ...found]), from, arrow)
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
