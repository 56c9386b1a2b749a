import type { Box, Direction, Point } from './layout-shape.ts'

/** px that a way to itself keeps from its box: beside it, and before and behind it. */
const BESIDE = 14
const BEFORE = 12
/** Where along its side the box is left and entered, as a share; other ways use the middle. */
const SHARE = 0.75

/**
 * From a box round its side to the same box.
 *
 * @param far px beside the box that the way must reach at least: its words stand on it
 */
export function selfWay(box: Box, direction: Direction, far = 0): readonly Point[] {
  const { x, y, width, height } = direction === 'down' ? box : turned(box)
  const along = x + width * SHARE
  const side = x + width + Math.max(BESIDE, far)
  const points = [
    { x: along, y: y + height },
    { x: along, y: y + height + BEFORE },
    { x: side, y: y + height + BEFORE },
    { x: side, y: y - BEFORE },
    { x: along, y: y - BEFORE },
    { x: along, y },
  ]
  return direction === 'down' ? points : points.map((point) => ({ x: point.y, y: point.x }))
}

function turned({ x, y, width, height }: Box): Box {
  return { x: y, y: x, width: height, height: width }
}
