import type { Graph } from '@dagrejs/dagre'

/** Sweeps without fewer crossings after which the order stays as it is. */
const PATIENCE = 4

/** What dagre keeps at a box, or at a bend of a line, while it lays out. */
interface Place {
  readonly rank?: number
  order?: number
}

type Layers = readonly (readonly string[])[]

/**
 * Orders the boxes of each layer as they are written: of what follows a task the first comes first. Another order takes its
 * place only where fewer lines cross each other. dagre's own prefers later ones among those that are as good.
 */
export function orderAsWritten(graph: Graph): void {
  let layers = firstOrder(graph)
  let best = layers
  let fewest = crossings(graph, layers)
  for (let sweep = 0, waited = 0; fewest > 0 && waited < PATIENCE; sweep += 1, waited += 1) {
    layers = swept(graph, layers, sweep % 2 === 0 ? 'down' : 'up')
    const count = crossings(graph, layers)
    if (count >= fewest) continue
    fewest = count
    best = layers
    waited = -1
  }
  for (const layer of best) for (const [order, id] of layer.entries()) placeOf(graph, id).order = order
}

/** Depth first, so that what follows the first of two comes before what follows the second. No recursion: chains may be long. */
function firstOrder(graph: Graph): Layers {
  const layers: string[][] = []
  const seen = new Set<string>()
  const starts = graph.nodes().sort((one, other) => rankOf(graph, one) - rankOf(graph, other))
  for (const start of starts) {
    const waiting = [start]
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (seen.has(id)) continue
      seen.add(id)
      const rank = rankOf(graph, id)
      const layer = (layers[rank] ??= [])
      layer.push(id)
      waiting.push(...(graph.successors(id) ?? []).reverse())
    }
  }
  // No layer is left out: lines have a bend in each one they pass.
  return Array.from(layers, (layer) => layer ?? [])
}

/** Each layer by the middle of its neighbours in the one before; equals, and those without, keep their places. */
function swept(graph: Graph, layers: Layers, direction: 'down' | 'up'): Layers {
  const next = [...layers]
  const indices = layers.map((_, index) => index)
  const order = direction === 'down' ? indices : indices.reverse()
  for (const index of order) {
    const before = new Map((next[direction === 'down' ? index - 1 : index + 1] ?? []).map((id, place) => [id, place]))
    const layer = next[index] ?? []
    const middles = new Map(
      layer.flatMap((id) => {
        const beside = (direction === 'down' ? graph.predecessors(id) : graph.successors(id)) ?? []
        const places = beside.flatMap((one) => before.get(one) ?? [])
        return places.length === 0 ? [] : [[id, places.reduce((sum, place) => sum + place, 0) / places.length] as const]
      }),
    )
    const sorted = layer
      .filter((id) => middles.has(id))
      .sort((one, other) => (middles.get(one) ?? 0) - (middles.get(other) ?? 0))
    const turn = sorted.values()
    next[index] = layer.map((id) => (middles.has(id) ? (turn.next().value ?? id) : id))
  }
  return next
}

/** How often lines between neighbouring layers cross. */
function crossings(graph: Graph, layers: Layers): number {
  return layers.slice(1).reduce((sum, layer, index) => sum + crossingsBetween(graph, layers[index] ?? [], layer), 0)
}

/** Ends of lines in the order of their starts: pairs that are the wrong way round, counted with a tree of sums. */
function crossingsBetween(graph: Graph, upper: readonly string[], lower: readonly string[]): number {
  const place = new Map(lower.map((id, index) => [id, index]))
  const ends = upper.flatMap((id) =>
    (graph.successors(id) ?? []).flatMap((target) => place.get(target) ?? []).sort((one, other) => one - other),
  )
  const sums = Array.from({ length: lower.length + 1 }, () => 0)
  let count = 0
  for (const [passed, end] of ends.entries()) {
    let upToHere = 0
    for (let at = end + 1; at > 0; at -= at & -at) upToHere += sums[at] ?? 0
    count += passed - upToHere
    for (let at = end + 1; at < sums.length; at += at & -at) sums[at] = (sums[at] ?? 0) + 1
  }
  return count
}

function rankOf(graph: Graph, id: string): number {
  return placeOf(graph, id).rank ?? 0
}

function placeOf(graph: Graph, id: string): Place {
  return graph.node(id)
}
