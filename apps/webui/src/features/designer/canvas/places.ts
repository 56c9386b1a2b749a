import type { TaskModel } from '@st2/designer'
import { COMMAND, TASK } from '../../../widgets/workflow-graph/graph-layout.ts'
import { layOut } from '../../../widgets/workflow-graph/layout.ts'
import type { Layout, Point } from '../../../widgets/workflow-graph/layout-shape.ts'
import type { DraftGraph } from './draft-graph.ts'
import { edgeLabels } from './edge-label.ts'

/** px; what is moved comes to rest on it. */
export const GRID = 20
/** px between a task and what is put below or beside it. */
const GAP = { x: 40, y: 62 } as const
const LETTER = 6.4

/** Where everything stands: upper left corners by box. */
export type Places = ReadonlyMap<string, Point>

export interface Picture {
  readonly places: Places
  /** Ways of lines between boxes that stand where the layout put them. */
  readonly routes: Layout['edges']
}

/** Tasks up to which the layout is made anew whenever the workflow changes. */
const FEW = 120

/**
 * Where tasks are drawn. Positions that are written are kept; while there are none, all of it is laid out in layers. Later the
 * tasks that have none stay where they were seen before, and new ones are put below what leads to them. Pure.
 */
export function placeTasks(graph: DraftGraph, tasks: readonly TaskModel[], before: Places = new Map()): Picture {
  const isUntouched = tasks.every(({ position }) => position === null)
  const isKnown = tasks.every(({ name }) => before.has(name))
  if (isUntouched && (tasks.length <= FEW || !isKnown)) return inLayers(graph)
  const places = new Map<string, Point>()
  for (const { name, position } of tasks) if (position !== null) places.set(name, position)
  const seen = before.size === 0 && places.size < tasks.length ? besidePlaced(graph, places) : before
  for (const { name, position } of tasks) {
    const point = position === null ? seen.get(name) : undefined
    if (point !== undefined) places.set(name, freePlace(places, point))
  }
  for (const { name } of tasks) if (!places.has(name)) places.set(name, placeBelow(graph, places, name))
  const laid = tasks.length <= FEW ? inLayers(graph) : null
  const settled = new Set(
    laid === null ? [] : tasks.flatMap(({ name }) => (isAt(places, laid.places, name) ? [name] : [])),
  )
  placeOthers(graph, places, laid === null ? places : laid.places, settled)
  return { places, routes: laid === null ? new Map() : routesBetween(graph, laid, places) }
}

/** Lines keep the layout's way where both of their ends stand where it put them. */
function routesBetween({ edges }: DraftGraph, laid: Picture, places: Places): Picture['routes'] {
  return new Map(
    edges.flatMap(({ id, source, target }) => {
      const route = laid.routes.get(id)
      const isKept = route !== undefined && isAt(places, laid.places, source) && isAt(places, laid.places, target)
      return isKept ? [[id, route] as const] : []
    }),
  )
}

function isAt(places: Places, laid: Places, id: string): boolean {
  const [place, other] = [places.get(id), laid.get(id)]
  return place !== undefined && place.x === other?.x && place.y === other.y
}

/** Layers from top to bottom, on the grid. */
export function inLayers(graph: DraftGraph): Picture {
  const labels = edgeLabels(graph.edges)
  const layout = layOut({
    nodes: graph.nodes.map(({ id, kind }) => ({ id, ...(kind === 'task' ? TASK : COMMAND) })),
    edges: graph.edges.map((edge) => {
      const text = labels.get(edge.id) ?? ''
      return { ...edge, label: text === '' ? undefined : { width: text.length * LETTER + 16, height: 18 } }
    }),
  })
  const places = new Map([...layout.nodes].map(([id, { x, y }]) => [id, onGrid({ x, y })]))
  return { places, routes: layout.isPlain ? new Map() : layout.edges }
}

export function onGrid({ x, y }: Point): Point {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID }
}

/** The layout as a whole, moved to where the tasks are that have a place. */
function besidePlaced(graph: DraftGraph, placed: Places): Places {
  const { places } = inLayers(graph)
  const moves = [...placed].flatMap(([name, { x, y }]) => {
    const laid = places.get(name)
    return laid === undefined ? [] : [{ x: x - laid.x, y: y - laid.y }]
  })
  const move = onGrid({ x: median(moves.map(({ x }) => x)), y: median(moves.map(({ y }) => y)) })
  return new Map([...places].map(([id, { x, y }]) => [id, { x: x + move.x, y: y + move.y }]))
}

function placeBelow({ edges }: DraftGraph, places: Places, task: string): Point {
  const above = edges.filter(({ target }) => target === task).flatMap(({ source }) => places.get(source) ?? [])
  if (above.length > 0) {
    const x = above.reduce((sum, point) => sum + point.x, 0) / above.length
    return freePlace(places, { x, y: Math.max(...above.map(({ y }) => y)) + TASK.height + GAP.y })
  }
  const all = [...places.values()]
  if (all.length === 0) return { x: 0, y: GRID * 2 }
  return freePlace(places, {
    x: Math.max(...all.map(({ x }) => x)) + TASK.width + GAP.x,
    y: Math.min(...all.map(({ y }) => y)),
  })
}

/** The nearest place to the right where nothing stands. */
export function freePlace(places: Places, wanted: Point): Point {
  const { x: start, y } = onGrid(wanted)
  let x = start
  const others = [...places.values()]
  // Each turn passes at least one box.
  for (let turn = 0; turn <= others.length; turn += 1) {
    const other = others.find(
      (box) => Math.abs(box.x - x) < TASK.width + GRID && Math.abs(box.y - y) < TASK.height + GRID,
    )
    if (other === undefined) break
    x = onGrid({ x: other.x + TASK.width + GAP.x + GRID / 2, y: 0 }).x
  }
  return { x, y }
}

/** Commands, and tasks that are not there, stand below what leads to them, side by side, unless the layout has placed both. */
function placeOthers(
  { nodes, edges }: DraftGraph,
  places: Map<string, Point>,
  laid: Places,
  settled: ReadonlySet<string>,
): void {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]))
  const counts = new Map<string, number>()
  for (const { source, target } of edges) {
    const from = places.get(source)
    if (kinds.get(target) === 'task' || from === undefined || places.has(target)) continue
    const own = settled.has(source) ? laid.get(target) : undefined
    if (own !== undefined) {
      places.set(target, own)
      continue
    }
    const count = counts.get(source) ?? 0
    counts.set(source, count + 1)
    places.set(target, {
      x: from.x + TASK.width - COMMAND.width + 60 + count * (COMMAND.width + 12),
      y: from.y + TASK.height + 34,
    })
  }
}

/** The box around all of it; tasks are the largest. */
export function boundsOf(places: Places): Point & { readonly width: number; readonly height: number } {
  const points = [...places.values()]
  const x = Math.min(...points.map((point) => point.x))
  const y = Math.min(...points.map((point) => point.y))
  return {
    x,
    y,
    width: Math.max(...points.map((point) => point.x)) + TASK.width - x,
    height: Math.max(...points.map((point) => point.y)) + TASK.height - y,
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
