import type { LayoutInput, Point } from './layout-shape.ts'

/** px between layers, and between boxes of one. */
const GAP = { along: 62, across: 44 } as const

/** px from layer to layer, and from box to box. */
interface Pitch {
  readonly along: number
  readonly across: number
}

/** In which layer each box stands: below all that lead to it, as far as these are no way back. */
export function layersOf({ nodes, edges }: LayoutInput): ReadonlyMap<string, number> {
  const after = targetsOf(edges)
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

/** By box: where its lines lead. */
function targetsOf(edges: readonly Pick<LayoutInput['edges'][number], 'source' | 'target'>[]): Map<string, string[]> {
  const bySource = Map.groupBy(edges, ({ source }) => source)
  return new Map([...bySource].map(([source, lines]) => [source, lines.map(({ target }) => target)]))
}

/** Layers that lines pass through on their way: what makes the fine layout costly. */
export function passedLayers({ edges }: LayoutInput, layers: ReadonlyMap<string, number>): number {
  return edges.reduce(
    (sum, { source, target }) => sum + Math.max(0, Math.abs((layers.get(target) ?? 0) - (layers.get(source) ?? 0)) - 1),
    0,
  )
}

/**
 * Upper left corners in layers from top to bottom, in time proportional to the graph, for those that the fine layout takes too
 * long for. Pure.
 */
export function plainPlaces({ nodes, edges }: LayoutInput, layers: ReadonlyMap<string, number>): Map<string, Point> {
  const rows: string[][] = []
  for (const { id } of nodes) listAt(rows, layers.get(id) ?? 0).push(id)
  const before = targetsOf(edges.map(({ source, target }) => ({ source: target, target: source })))
  const pitch = {
    along: Math.max(0, ...nodes.map(({ height }) => height)) + GAP.along,
    across: Math.max(0, ...nodes.map(({ width }) => width)) + GAP.across,
  }
  const places = new Map<string, Point>()
  for (const [layer, row] of rows.entries()) placeRow(row, { layer, pitch, before, places })
  return places
}

function listAt(rows: string[][], index: number): string[] {
  while (rows.length <= index) rows.push([])
  return rows[index] ?? []
}

interface Row {
  readonly layer: number
  readonly pitch: Pitch
  readonly before: ReadonlyMap<string, readonly string[]>
  /** Of the layers above; those of this one are added. */
  readonly places: Map<string, Point>
}

/** Each below the middle of what leads to it, as far as the others leave room. */
function placeRow(row: readonly string[], { layer, pitch, before, places }: Row): void {
  const wanted = row
    .map((id, index) => {
      const above = (before.get(id) ?? []).flatMap((source) => places.get(source)?.x ?? [])
      return { id, x: above.length === 0 ? index * pitch.across : above.reduce((sum, x) => sum + x, 0) / above.length }
    })
    .sort((a, b) => a.x - b.x)
  let last = Number.NEGATIVE_INFINITY
  const placed = wanted.map(({ id, x }) => {
    last = Math.max(x, last + pitch.across)
    return { id, x: last, moved: last - x }
  })
  const shift = placed.reduce((sum, { moved }) => sum + moved, 0) / Math.max(1, placed.length)
  for (const { id, x } of placed) places.set(id, { x: x - shift, y: layer * pitch.along })
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
