import { TASK } from '../../../widgets/workflow-graph/graph-layout.ts'
import type { Point } from '../../../widgets/workflow-graph/layout-shape.ts'

export interface EdgePath {
  /** For the `d` of a path. */
  readonly path: string
  /** The middle of its words. */
  readonly label: Point
}

/** px that a line keeps from boxes, and that lines of one pair keep from each other. */
const CLEARANCE = 26
const LANE = 46
/** px that a line goes straight on at its ends, when it leads round. */
const STRAIGHT = 18
/** px aside that come from boxes being on the grid and the layout not. */
const CROOKED = 14
/** px between two boxes from which a line simply leads down. */
const LEAST_DOWN = 12

/** A line between two boxes, from the middle of the lower edge to the middle of the upper one. Pure. */
export function edgePath(from: Point, to: Point, lane: number): EdgePath {
  return to.y - from.y >= LEAST_DOWN ? downwards(from, to, lane) : around(from, to, lane)
}

/** The way that the layout found, by its bends; its ends are where the boxes are. */
export function routedPath(from: Point, to: Point, route: readonly Point[], label: Point | null): EdgePath {
  if (to.y <= from.y) return upwards(from, to, route, label)
  // The layout lets a line end anywhere on the edge of a box.
  const within = route.slice(1, -1).filter(({ y }) => y > from.y && y < to.y)
  const isStraight = [...within, to].every(({ x }) => Math.abs(x - from.x) < CROOKED)
  if (isStraight) return { path: swaying([from, to]), label: { ...between(from, to), ...(label && { y: label.y }) } }
  const bends = within.length <= 1 && label === null ? [] : within
  const points = [from, ...bends, to]
  const middle = points.length === 2 ? between(from, to) : (points[Math.floor(points.length / 2)] ?? from)
  return { path: swaying(points), label: label ?? middle }
}

/** Back up, from the upper edge of a box to the lower one of another: the layout has left room there. */
function upwards(from: Point, to: Point, route: readonly Point[], label: Point | null): EdgePath {
  const start = { x: route[0]?.x ?? from.x, y: from.y - TASK.height }
  const end = { x: route.at(-1)?.x ?? to.x, y: to.y + TASK.height }
  const points = [start, ...route.slice(1, -1).filter(({ y }) => y < start.y && y > end.y), end]
  return { path: swaying(points), label: label ?? points[Math.floor(points.length / 2)] ?? between(start, end) }
}

/** Straight down at each point, and swinging over in between. */
function swaying(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  let path = `M${first.x},${first.y}`
  let last = first
  for (const point of rest) {
    const half = (point.y - last.y) / 2
    path += ` C${last.x},${last.y + half} ${point.x},${point.y - half} ${point.x},${point.y}`
    last = point
  }
  return path
}

function downwards(from: Point, to: Point, lane: number): EdgePath {
  const bend = Math.max(LEAST_DOWN, (to.y - from.y) / 2)
  const side = laneOffset(lane)
  const path = `M${from.x},${from.y} C${from.x + side},${from.y + bend} ${to.x + side},${to.y - bend} ${to.x},${to.y}`
  const middle = between(from, to)
  // The middle of such a curve is drawn aside by three quarters of what its handles are.
  return { path, label: { x: middle.x + side * 0.75, y: middle.y } }
}

/** Back up, or to itself: round the side. */
function around(from: Point, to: Point, lane: number): EdgePath {
  const x = Math.max(from.x, to.x) + TASK.width / 2 + CLEARANCE + Math.abs(laneOffset(lane))
  const down = from.y + STRAIGHT
  const up = to.y - STRAIGHT
  const points = [from, { x: from.x, y: down }, { x, y: down }, { x, y: up }, { x: to.x, y: up }, to]
  return { path: rounded(points), label: { x, y: (down + up) / 2 } }
}

/** 0, 46, -46, 92 … */
function laneOffset(lane: number): number {
  return Math.ceil(lane / 2) * LANE * (lane % 2 === 1 ? 1 : -1) || 0
}

function between(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}

const RADIUS = 10

/** Straight parts, round at the corners. */
function rounded(points: readonly Point[]): string {
  const parts = points.slice(1, -1).map((corner, index) => {
    const before = towards(corner, points[index] ?? corner)
    const after = towards(corner, points[index + 2] ?? corner)
    return `L${before.x},${before.y} Q${corner.x},${corner.y} ${after.x},${after.y}`
  })
  const first = points[0] ?? { x: 0, y: 0 }
  const last = points.at(-1) ?? first
  return `M${first.x},${first.y} ${parts.join(' ')} L${last.x},${last.y}`
}

function towards(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y)
  const share = length === 0 ? 0 : Math.min(RADIUS, length / 2) / length
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share }
}
