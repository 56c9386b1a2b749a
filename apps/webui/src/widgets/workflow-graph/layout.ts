import { Graph, layout as arrange } from '@dagrejs/dagre'
import type { Box, Direction, Layout, LayoutInput, Point } from './layout-shape.ts'
import { layersOf, passedLayers, plainPlaces } from './plain-layout.ts'
import { selfWay } from './self-way.ts'
import { orderAsWritten } from './written-order.ts'

/** px between boxes of a layer, between layers, between lines, and around everything. */
const NODE_GAP = 28
const LAYER_GAP = 46
const EDGE_GAP = 14
const MARGIN = 24
/** Boxes from which the cheaper of two rankings is used: the finer one takes seconds for thousands. */
const MANY = 150
/** Layers passed by lines from which boxes are placed plainly: the fine layout would take seconds. */
const MANY_PASSED = 250

/**
 * Places boxes in layers, so that lines lead in one direction as far as there are no cycles. The same input gives the same
 * picture, and of what follows a box the first comes first. Edges to boxes that are not there are left out. Pure.
 */
export function layOut(input: LayoutInput, direction: Direction = 'down'): Layout {
  const ids = new Set(input.nodes.map(({ id }) => id))
  const edges = input.edges.filter(({ source, target }) => ids.has(source) && ids.has(target))
  const drawn = { nodes: input.nodes, edges }
  const layers = layersOf(drawn)
  return passedLayers(drawn, layers) > MANY_PASSED
    ? plainLayout(drawn, layers, direction)
    : fineLayout(drawn, direction)
}

function fineLayout({ nodes, edges }: LayoutInput, direction: Direction): Layout {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({
    rankdir: direction === 'down' ? 'TB' : 'LR',
    nodesep: NODE_GAP,
    ranksep: LAYER_GAP,
    edgesep: EDGE_GAP,
    marginx: MARGIN,
    marginy: MARGIN,
    ranker: nodes.length > MANY ? 'longest-path' : 'network-simplex',
  })
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  for (const { id, source, target, label } of edges)
    graph.setEdge(source, target, { labelpos: 'c', width: label?.width ?? 0, height: label?.height ?? 0 }, id)
  arrange(graph, { customOrder: orderAsWritten })
  const { width = 0, height = 0 }: { width?: number; height?: number } = graph.graph()
  const boxes = new Map(nodes.map(({ id, width, height }) => [id, cornerOf(graph.node(id), width, height)]))
  return {
    direction,
    isPlain: false,
    width,
    height,
    nodes: boxes,
    edges: new Map(
      edges.map(({ id, source, target, label }) => {
        const { points = [], x, y }: EdgePlace = graph.edge(source, target, id)
        const words = label === undefined || x === undefined || y === undefined ? null : { x, y }
        const box = source === target ? boxes.get(source) : undefined
        return [id, { points: box === undefined ? points : wayToItself(box, direction, words), label: words }]
      }),
    ),
  }
}

/** Room beside the box is kept for it and for its words, on which the way leads. */
function wayToItself(box: Box, direction: Direction, words: Point | null): readonly Point[] {
  const far = words === null ? 0 : direction === 'down' ? words.x - box.x - box.width : words.y - box.y - box.height
  return selfWay(box, direction, far)
}

interface EdgePlace {
  readonly points?: readonly Point[]
  readonly x?: number
  readonly y?: number
}

/** dagre tells middles. */
function cornerOf({ x = 0, y = 0 }: Partial<Point>, width: number, height: number) {
  return { x: x - width / 2, y: y - height / 2, width, height }
}

function plainLayout({ nodes, edges }: LayoutInput, layers: ReadonlyMap<string, number>, direction: Direction): Layout {
  const turned = nodes.map((node) => turn(node, direction))
  const places = plainPlaces({ nodes: turned, edges }, layers)
  const left = Math.min(...[...places.values()].map(({ x }) => x)) - MARGIN
  const boxes = new Map(
    turned.map(({ id, width, height }) => {
      const { x, y } = places.get(id) ?? { x: 0, y: 0 }
      return [id, { x: x - left, y: y + MARGIN, width, height }] as const
    }),
  )
  const end = { x: 0, y: 0 }
  for (const { x, y, width, height } of boxes.values()) {
    end.x = Math.max(end.x, x + width + MARGIN)
    end.y = Math.max(end.y, y + height + MARGIN)
  }
  const { x: width, y: height } = turnPoint(end, direction)
  return {
    direction,
    isPlain: true,
    width,
    height,
    nodes: new Map([...boxes].map(([id, box]) => [id, { ...turn(box, direction), ...turnPoint(box, direction) }])),
    edges: new Map(
      edges.map(({ id, source, target, label }) => {
        const [from, to] = [boxes.get(source), boxes.get(target)]
        const start = turnPoint({ x: middle(from), y: (from?.y ?? 0) + (from?.height ?? 0) }, direction)
        const stop = turnPoint({ x: middle(to), y: to?.y ?? 0 }, direction)
        const box = source === target ? from : undefined
        if (box !== undefined) {
          const points = selfWay(box, 'down').map((point) => turnPoint(point, direction))
          return [id, { points, label: label === undefined ? null : (points[2] ?? null) }]
        }
        const between = { x: (start.x + stop.x) / 2, y: (start.y + stop.y) / 2 }
        return [id, { points: [start, stop], label: label === undefined ? null : between }]
      }),
    ),
  }
}

/** Layers lead down while boxes are placed; to the right is the same with both axes changed. */
function turn<Box extends { readonly width: number; readonly height: number }>(box: Box, direction: Direction): Box {
  return direction === 'down' ? box : { ...box, width: box.height, height: box.width }
}

function turnPoint({ x, y }: Point, direction: Direction): Point {
  return direction === 'down' ? { x, y } : { x: y, y: x }
}

function middle(box: (Point & { readonly width: number }) | undefined): number {
  return box === undefined ? 0 : box.x + box.width / 2
}

/** How large it would be drawn when all of it is to be seen, 1 at most. */
export function fitZoom({ width, height }: Layout, room: { readonly width: number; readonly height: number }): number {
  return Math.min(1, room.width / width, room.height / height)
}
