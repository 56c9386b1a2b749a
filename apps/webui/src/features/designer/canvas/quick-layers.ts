import { TASK } from '../../../widgets/workflow-graph/graph-layout.ts'
import type { Point } from '../../../widgets/workflow-graph/layout.ts'
import type { DraftGraph } from './draft-graph.ts'

/** px from layer to layer, and from box to box. */
const LAYER = TASK.height + 62
const BESIDE = TASK.width + 44

/** In which layer each box stands: below all that lead to it, as far as these are no way back. */
export function layersOf({ nodes, edges }: DraftGraph): ReadonlyMap<string, number> {
  const after = new Map<string, string[]>()
  for (const { source, target } of edges) after.set(source, [...(after.get(source) ?? []), target])
  const order = topDown(
    nodes.map(({ id }) => id),
    after,
  )
  const layers = new Map(order.map((id) => [id, 0]))
  const position = new Map(order.map((id, index) => [id, index]))
  for (const id of order)
    for (const target of after.get(id) ?? []) {
      const isBack = (position.get(target) ?? -1) <= (position.get(id) ?? 0)
      if (!isBack) layers.set(target, Math.max(layers.get(target) ?? 0, (layers.get(id) ?? 0) + 1))
    }
  return layers
}

/** Layers that lines pass through on their way: what makes the fine layout costly. */
export function passedLayers({ edges }: DraftGraph, layers: ReadonlyMap<string, number>): number {
  return edges.reduce(
    (sum, { source, target }) => sum + Math.max(0, Math.abs((layers.get(target) ?? 0) - (layers.get(source) ?? 0)) - 1),
    0,
  )
}

/** A plain layout in time proportional to the graph, for those that the fine one takes too long for. Pure. */
export function quickLayers(graph: DraftGraph, layers: ReadonlyMap<string, number>): ReadonlyMap<string, Point> {
  const rows: string[][] = []
  for (const { id } of graph.nodes) {
    const layer = layers.get(id) ?? 0
    rows[layer] = [...(rows[layer] ?? []), id]
  }
  const before = new Map<string, string[]>()
  for (const { source, target } of graph.edges) before.set(target, [...(before.get(target) ?? []), source])
  const places = new Map<string, Point>()
  rows.forEach((row, layer) => placeRow(row, layer, before, places))
  return places
}

/** Each below the middle of what leads to it, as far as the others leave room. */
function placeRow(
  row: readonly string[],
  layer: number,
  before: ReadonlyMap<string, string[]>,
  places: Map<string, Point>,
): void {
  const wanted = row
    .map((id, index) => {
      const above = (before.get(id) ?? []).flatMap((source) => places.get(source)?.x ?? [])
      return { id, x: above.length === 0 ? index * BESIDE : above.reduce((sum, x) => sum + x, 0) / above.length }
    })
    .sort((a, b) => a.x - b.x)
  let last = Number.NEGATIVE_INFINITY
  const placed = wanted.map(({ id, x }) => {
    last = Math.max(x, last + BESIDE)
    return { id, x: last, moved: last - x }
  })
  const shift = placed.reduce((sum, { moved }) => sum + moved, 0) / Math.max(1, placed.length)
  for (const { id, x } of placed) places.set(id, { x: x - shift, y: layer * LAYER })
}

/** Every box before all that it leads to, ways back aside; what nothing leads to comes first. No recursion: chains may be long. */
function topDown(ids: readonly string[], after: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Set([...after.values()].flat())
  const starts = [...ids.filter((id) => !reached.has(id)), ...ids]
  const seen = new Set<string>()
  const finished: string[] = []
  for (const start of starts) {
    if (seen.has(start)) continue
    seen.add(start)
    const path = [{ id: start, next: 0 }]
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = after.get(top.id)?.[top.next]
      top.next += 1
      if (target === undefined) {
        finished.push(top.id)
        path.pop()
      } else if (!seen.has(target)) {
        seen.add(target)
        path.push({ id: target, next: 0 })
      }
    }
  }
  return finished.reverse()
}
