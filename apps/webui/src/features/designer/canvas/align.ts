import type { Position } from '@st2/designer'
import { TASK } from '../../../widgets/workflow-graph/graph-layout.ts'
import { GRID, onGrid, type Places } from './places.ts'

export type Alignment = 'left' | 'center' | 'top' | 'spread-x' | 'spread-y'

/** Where tasks stand after they are put in line. Pure. */
export function alignTasks(places: Places, names: readonly string[], alignment: Alignment): Record<string, Position> {
  const boxes = names.flatMap((name) => {
    const place = places.get(name)
    return place === undefined ? [] : [{ name, ...place }]
  })
  if (boxes.length < 2) return {}
  return Object.fromEntries(ALIGNERS[alignment](boxes).map(({ name, x, y }) => [name, onGrid({ x, y })]))
}

type Box = Position & { readonly name: string }

const ALIGNERS: Readonly<Record<Alignment, (boxes: Box[]) => Box[]>> = {
  left: (boxes) => {
    const x = Math.min(...boxes.map((box) => box.x))
    return boxes.map((box) => ({ ...box, x }))
  },
  center: (boxes) => {
    const x = boxes.reduce((sum, box) => sum + box.x, 0) / boxes.length
    return boxes.map((box) => ({ ...box, x }))
  },
  top: (boxes) => {
    const y = Math.min(...boxes.map((box) => box.y))
    return boxes.map((box) => ({ ...box, y }))
  },
  'spread-x': (boxes) => spread(boxes, 'x', TASK.width + GRID * 2),
  'spread-y': (boxes) => spread(boxes, 'y', TASK.height + GRID * 2),
}

/** The same distance between all of them; the first and the last stay, unless there is too little room. */
function spread(boxes: readonly Box[], axis: 'x' | 'y', least: number): Box[] {
  const sorted = boxes.toSorted((a, b) => a[axis] - b[axis])
  const first = sorted[0]?.[axis] ?? 0
  const last = sorted.at(-1)?.[axis] ?? 0
  const step = Math.max(least, (last - first) / (sorted.length - 1))
  return sorted.map((box, index) => ({ ...box, [axis]: first + step * index }))
}
